package dev.trellis.scheduler.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.LatticeName;
import org.junit.jupiter.api.Test;

/** What every {@link EventSource} owes its feed. */
public abstract class EventSourceContract {
    protected static final LatticeName BLUE = new LatticeName("blue");
    protected static final LatticeName RED = new LatticeName("red");

    protected final RecordingFeed feed = new RecordingFeed();

    protected abstract EventSource source();

    /** Publishes that a config was set, as a host does, and returns when it is kept. */
    protected abstract void publish(LatticeName lattice, String config) throws Exception;

    @Test
    void anEmptyLatticeIsCaughtUpAtOnce() throws Exception {
        try (var _ = source().follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("caught up");
        }
    }

    @Test
    void whatWasPublishedBeforeComesBeforeCaughtUpAndTheRestAfter() throws Exception {
        publish(BLUE, "one");
        publish(BLUE, "two");

        try (var _ = source().follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("one");
            assertThat(feed.next()).isEqualTo("two");
            assertThat(feed.next()).isEqualTo("caught up");

            publish(BLUE, "three");
            assertThat(feed.next()).isEqualTo("three");
        }
    }

    @Test
    void onlyTheFollowedLatticeIsHeard() throws Exception {
        publish(RED, "red");
        publish(BLUE, "blue");

        try (var _ = source().follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("blue");
            assertThat(feed.next()).isEqualTo("caught up");
            publish(RED, "red again");
            publish(BLUE, "blue again");
            assertThat(feed.next()).isEqualTo("blue again");
        }
    }

    @Test
    void nothingIsHeardAfterClosing() throws Exception {
        var closed = source().follow(BLUE, feed);
        assertThat(feed.next()).isEqualTo("caught up");
        closed.close();

        publish(BLUE, "late");
        var second = new RecordingFeed();
        try (var _ = source().follow(BLUE, second)) {
            assertThat(second.next()).isEqualTo("late");
        }
        assertThat(feed.told()).isEmpty();
    }

    @Test
    void twoMayFollowOneLattice() throws Exception {
        var second = new RecordingFeed();
        try (var _ = source().follow(BLUE, feed);
                var _ = source().follow(BLUE, second)) {
            assertThat(feed.next()).isEqualTo("caught up");
            assertThat(second.next()).isEqualTo("caught up");
            publish(BLUE, "one");
            assertThat(feed.next()).isEqualTo("one");
            assertThat(second.next()).isEqualTo("one");
        }
    }
}
