package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.DenyWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The times at which nothing new begins: those of the policy and those of the lattice together.
 * What has begun goes on, and nothing of it holds up a rollback.
 */
final class Windows {
    /** Windows that follow each other without a gap are looked through for so long. */
    private static final Duration LONGEST = Duration.ofDays(8);

    private final List<DenyWindow> windows;

    Windows(List<DenyWindow> policy, List<DenyWindow> lattice) {
        windows = Stream.concat(policy.stream(), lattice.stream()).toList();
    }

    boolean deny(Instant now) {
        return windows.stream().anyMatch(window -> window.contains(now));
    }

    /** When something may begin again; empty when it may now. */
    Optional<Instant> end(Instant now) {
        if (!deny(now)) {
            return Optional.empty();
        }
        var end = now;
        var latest = now.plus(LONGEST);
        while (end.isBefore(latest)) {
            var later = latestEnd(end);
            if (later.isEmpty()) {
                break;
            }
            end = later.get();
        }
        return Optional.of(end);
    }

    private Optional<Instant> latestEnd(Instant at) {
        return windows.stream().flatMap(w -> w.end(at).stream()).max(Instant::compareTo);
    }
}
