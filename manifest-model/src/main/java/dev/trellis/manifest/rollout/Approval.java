package dev.trellis.manifest.rollout;

import java.time.Duration;

/**
 * A person has to agree.
 *
 * @param expires counted from the entry into the gate; longer than zero
 */
public record Approval(Duration expires, OnExpire onExpire) {

    /** How long an approval is waited for when nothing else is said. */
    public static final Duration DEFAULT_EXPIRES = Duration.ofHours(24);
}
