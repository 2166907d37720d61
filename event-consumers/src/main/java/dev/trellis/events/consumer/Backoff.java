package dev.trellis.events.consumer;

import java.time.Duration;

/** Waits that double from the least to the most: 100 ms, 200 ms, … 5 s by default. */
final class Backoff {
    private final Duration least;
    private final Duration most;
    private Duration next;

    Backoff(Duration least, Duration most) {
        this.least = least;
        this.most = most;
        this.next = least;
    }

    Duration next() {
        var wait = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(most) > 0 ? most : doubled;
        return wait;
    }

    void reset() {
        next = least;
    }
}
