package dev.trellis.api.store;

import dev.trellis.scheduler.port.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How often a lost compare-and-set is tried again: at once, then after a short random wait that
 * grows, so that writers of one key get past each other.
 */
final class Attempts {
    private static final int MOST = 40;
    private static final long LONGEST = Duration.ofMillis(50).toNanos();
    private static final long STEP = Duration.ofMillis(2).toNanos();

    private int made;

    boolean another() {
        if (made > 1) {
            long most = Math.min(LONGEST, STEP << Math.min(made, 10));
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
        }
        return made++ < MOST;
    }

    StoreUnavailableException exhausted(String key) {
        return new StoreUnavailableException(
                "too many writers: key=" + key + " attempts=" + MOST,
                new IllegalStateException("lost every race"));
    }
}
