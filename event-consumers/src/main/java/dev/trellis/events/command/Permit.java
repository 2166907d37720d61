package dev.trellis.events.command;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A place in flight that can be given back more than once and counts once. */
final class Permit {
    private final Semaphore places;
    private final AtomicBoolean held = new AtomicBoolean(true);

    private Permit(Semaphore places) {
        this.places = places;
    }

    static Permit acquire(Semaphore places) throws InterruptedException {
        places.acquire();
        return new Permit(places);
    }

    void release() {
        if (held.getAndSet(false)) {
            places.release();
        }
    }
}
