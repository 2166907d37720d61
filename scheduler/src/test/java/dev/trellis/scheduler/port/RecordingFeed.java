package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.LatticeEvent;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a feed was told, one line a call; an event by the name of the config that it sets. */
public final class RecordingFeed implements EventSource.Feed {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void event(LatticeEvent event, Instant serverTime) {
        told.add(
                event instanceof LatticeEvent.ConfigSet(String name)
                        ? name
                        : String.valueOf(event));
    }

    @Override
    public void caughtUp() {
        told.add("caught up");
    }

    @Override
    public void disconnected() {
        told.add("disconnected");
    }

    @Override
    public void reconnected() {
        told.add("reconnected");
    }

    /**
     * The next line, waited for.
     *
     * @throws AssertionError after 20 s
     */
    public String next() throws InterruptedException {
        var line = told.poll(20, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing told within 20 s");
        }
        return line;
    }

    /** What was told and not yet taken. */
    public BlockingQueue<String> told() {
        return told;
    }
}
