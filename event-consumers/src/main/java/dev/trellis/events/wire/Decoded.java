package dev.trellis.events.wire;

import dev.trellis.scheduler.observe.LatticeEvent;
import java.util.Locale;

/** What a message of the event stream came to. */
public sealed interface Decoded {
    /** A fact to fold into what is seen. */
    record Event(LatticeEvent event) implements Decoded {}

    /** Nothing to fold in; counted, never retried. */
    record Skipped(Reason reason) implements Decoded {}

    /** Why a message is skipped. */
    enum Reason {
        /** The subject ends in a name that hosts of 1.x do not use. */
        UNKNOWN_TYPE,
        /**
         * A known type that says nothing of the lattice: a verdictless health check, a refused
         * link.
         */
        NO_FACT,
        /** Not a JSON object. */
        NOT_JSON,
        /** A field without which the event means nothing is missing. */
        INCOMPLETE;

        /** As metrics and logs write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
