package dev.trellis.scheduler.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * "Now" for decisions: it begins at our own clock, runs on monotonic time, and is never behind the
 * newest server timestamp seen. A clock that is set does not move it.
 */
final class LatticeClock {
    private final LongSupplier nanos;
    private Instant base;
    private long baseNanos;

    LatticeClock(InstantSource wall, LongSupplier nanos) {
        this.nanos = nanos;
        this.base = wall.instant();
        this.baseNanos = nanos.getAsLong();
    }

    Instant now() {
        return base.plusNanos(nanos.getAsLong() - baseNanos);
    }

    void seen(Instant serverTime) {
        if (serverTime.isAfter(now())) {
            base = serverTime;
            baseNanos = nanos.getAsLong();
        }
    }

    /** How long ago the server took an event; 0 when its clock is ahead of ours. */
    Duration since(Instant serverTime) {
        var lag = Duration.between(serverTime, now());
        return lag.isNegative() ? Duration.ZERO : lag;
    }
}
