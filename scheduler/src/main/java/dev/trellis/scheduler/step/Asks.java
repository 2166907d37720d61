package dev.trellis.scheduler.step;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Which questions are out, so that none is asked twice at once; one without an answer is asked
 * again after a second, one that never comes back after 15.
 */
final class Asks {
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LOST = Duration.ofSeconds(15);

    private final Map<Object, Instant> blockedUntil = new HashMap<>();

    /** Whether to ask now; if so, it counts as asked. */
    boolean ask(Object question, Instant now) {
        var until = blockedUntil.get(question);
        if (until != null && until.isAfter(now)) {
            return false;
        }
        blockedUntil.put(question, now.plus(LOST));
        return true;
    }

    void answered(Object question) {
        blockedUntil.remove(question);
    }

    void unanswered(Object question, Instant now) {
        blockedUntil.put(question, now.plus(AGAIN));
    }

    void clear() {
        blockedUntil.clear();
    }

    /** When a question may be asked again; the end of time when none waits. */
    Instant nextDue(Instant now) {
        var next = Instant.MAX;
        for (var until : blockedUntil.values()) {
            if (until.isAfter(now) && until.isBefore(next)) {
                next = until;
            }
        }
        return next;
    }
}
