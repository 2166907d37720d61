package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.LatticeName;
import java.time.Instant;

/** The lattice's events, from 70 s before now on. */
public interface EventSource {
    /**
     * Follows until closed. The feed is called on one thread at a time; it may block, and the
     * stream then keeps the backlog.
     */
    Subscription follow(LatticeName lattice, Feed feed);

    /** Where events go. */
    interface Feed {
        /**
         * @param serverTime when the server took the event, on the server's clock
         */
        void event(LatticeEvent event, Instant serverTime);

        /** All that was in the stream when following began has been handed over; called once. */
        void caughtUp();

        /** Our own connection is away: nothing heard from now on says anything of the hosts. */
        void disconnected();

        /** It is back; what was published meanwhile comes through the stream. */
        void reconnected();
    }

    /** Ends the following; no call to the feed starts after {@code close} returned. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
