package dev.trellis.scheduler.port;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.function.Consumer;

/** Sends commands to hosts. */
public interface CommandBus {
    /**
     * Sends without waiting; many may be in flight at once, no order among them is promised.
     *
     * @param whenAnswered called exactly once, on any thread, with what came of the request
     */
    void send(LatticeName lattice, Command command, Consumer<Answer> whenAnswered);

    /** What came of a request. It says nothing of the work, which the host does afterwards. */
    sealed interface Answer {
        /** Validated and queued by the host (for config and link: done). */
        record Accepted(String message) implements Answer {}

        /** {@code success: false}: nothing was or will be done. */
        record Refused(String message) implements Answer {}

        /** Nobody is subscribed: the host is gone. Nothing was done. */
        record NoResponders() implements Answer {}

        /** No reply within the timeout. It may have been done all the same (trap 24). */
        record Unanswered() implements Answer {}
    }
}
