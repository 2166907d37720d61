package dev.trellis.events.lease;

import dev.trellis.scheduler.observe.LatticeName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a contender its turns, on a thread of its own, until stopped. */
final class Contest {
    private static final Logger log = LoggerFactory.getLogger(Contest.class);

    /** Longest wait for a key to be given back; after that it is free by time. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private final Contender contender;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    Contest(LatticeName lattice, Contender contender) {
        this.contender = contender;
        this.thread = Thread.ofVirtual().name("lease-" + lattice).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Optional<String> owner() {
        return contender.owner();
    }

    boolean holds() {
        return contender.holds();
    }

    void stop() {
        stop.countDown();
    }

    /** Waits until the key is given back; not on the contest's own thread, as a listener is. */
    void join() {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            var _ = thread.join(STOP_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            var stopped = false;
            while (!stopped) {
                stopped = stop.await(turn().toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            contender.giveUp();
        }
    }

    /** A listener that fails must not end the contest: the lease would be held by nobody. */
    private Duration turn() {
        try {
            return contender.turn();
        } catch (RuntimeException broken) {
            log.atError().setCause(broken).log("turn of a lease failed");
            return Duration.ofMillis(250);
        }
    }
}
