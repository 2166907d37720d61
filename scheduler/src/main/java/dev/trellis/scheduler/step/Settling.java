package dev.trellis.scheduler.step;

import java.time.Duration;
import java.time.Instant;

/**
 * When a lattice is known well enough to act on: events and store are caught up, and one ping round
 * is over: at once when every host known by then has answered, else 0.5 s after the last pong, at
 * most 3 s after the ping.
 */
final class Settling {
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private boolean events;
    private boolean store;
    private boolean settled;
    private Instant pinged = Instant.MAX;
    private Instant lastPong = Instant.MIN;

    void eventsCaughtUp() {
        events = true;
    }

    void storeCaughtUp() {
        store = true;
    }

    void pinged(Instant now) {
        if (Instant.MAX.equals(pinged)) {
            pinged = now;
        }
    }

    void pong(Instant now) {
        lastPong = now;
    }

    /** What was in the stream at the start is read; an event now says what is so now. */
    boolean isLive() {
        return events;
    }

    boolean isSettled() {
        return settled;
    }

    /** {@code everyoneAnswered}: every host that is known, and there is at least one. */
    boolean settles(boolean everyoneAnswered, boolean nobody, Instant now) {
        if (settled || !events || !store || Instant.MAX.equals(pinged)) {
            return false;
        }
        boolean over = !now.isBefore(pinged.plus(LONGEST));
        boolean quiet = !Instant.MIN.equals(lastPong) && !now.isBefore(lastPong.plus(QUIET));
        settled = everyoneAnswered || nobody || quiet || over;
        return settled;
    }

    Instant nextDue() {
        if (settled || !events || !store || Instant.MAX.equals(pinged)) {
            return Instant.MAX;
        }
        var quiet = Instant.MIN.equals(lastPong) ? Instant.MAX : lastPong.plus(QUIET);
        var longest = pinged.plus(LONGEST);
        return quiet.isBefore(longest) ? quiet : longest;
    }
}
