package dev.trellis.events.consumer;

import dev.trellis.scheduler.port.EventSource.Feed;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Lets calls to a feed through until shut; none starts afterwards. One thread calls. */
final class Gate {
    private enum State {
        OPEN,
        CALLING,
        SHUT
    }

    private final Feed feed;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    Gate(Feed feed) {
        this.feed = feed;
    }

    void call(Consumer<Feed> call) {
        if (!state.compareAndSet(State.OPEN, State.CALLING)) {
            return;
        }
        try {
            call.accept(feed);
        } finally {
            state.compareAndSet(State.CALLING, State.OPEN);
        }
    }

    void shut() {
        state.set(State.SHUT);
    }

    boolean isShut() {
        return state.get() == State.SHUT;
    }
}
