package dev.trellis.scheduler.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * A verb that somebody appended to the record, to be applied exactly once.
 *
 * @param id of the client; the same id appended twice is one intent
 * @param full of {@code promote}: all remaining stages
 * @param amended of {@code amend}: the policy to go on with
 * @param force of {@code amend}: loosen too
 * @param reason may be empty
 * @param result what came of it; absent: not applied yet
 */
public record Intent(
        String id,
        Verb verb,
        boolean full,
        Optional<FrozenPolicy> amended,
        boolean force,
        String by,
        Instant at,
        String reason,
        Optional<String> result) {
    Intent applied(String outcome) {
        return new Intent(id, verb, full, amended, force, by, at, reason, Optional.of(outcome));
    }

    boolean isPending() {
        return result.isEmpty();
    }
}
