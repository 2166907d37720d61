package dev.trellis.scheduler.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The bake clock. It counts observed time alone: the time between two looks at which every host of
 * the wave was good, if they are at most a minute apart. An outage, a pause or a partition adds
 * nothing and resets nothing; a host that is ill resets it.
 */
final class Bake {
    static final Duration LONGEST_GAP = Duration.ofSeconds(60);

    private Bake() {}

    /** Begins anew, with a wave that is good now. */
    static void start(Draft draft, Instant now) {
        draft.progress(p -> p.baked(Duration.ZERO));
        draft.lastObserved = Optional.of(now);
    }

    /** Stands, and keeps what it has. */
    static void stand(Draft draft) {
        draft.lastObserved = Optional.empty();
    }

    static void reset(Draft draft) {
        draft.progress(p -> p.baked(Duration.ZERO));
        draft.lastObserved = Optional.empty();
    }

    /** Looks at the wave and counts; whether every host of it is good now. */
    static boolean observe(Draft draft, List<HostSeen> wave, Instant now) {
        if (wave.stream().anyMatch(h -> !h.isFineOn(HostSeen.On.CANDIDATE))) {
            reset(draft);
            return false;
        }
        if (wave.stream().anyMatch(h -> !h.isGoodOn(HostSeen.On.CANDIDATE))) {
            stand(draft);
            return false;
        }
        var credit = observed(draft.lastObserved, now);
        draft.progress(p -> p.baked(p.bake().plus(credit)));
        draft.lastObserved = Optional.of(now);
        return true;
    }

    /** The time between two looks; none when they are too far apart. */
    static Duration observed(Optional<Instant> last, Instant now) {
        return last.map(then -> Duration.between(then, now))
                .filter(gap -> !gap.isNegative() && gap.compareTo(LONGEST_GAP) <= 0)
                .orElse(Duration.ZERO);
    }
}
