package dev.trellis.events.consumer;

import dev.trellis.events.connection.ConnectionState;
import dev.trellis.events.wire.Decoded;
import dev.trellis.events.wire.EventDecoder;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.EventSource;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one lattice on a thread of its own, which makes every call to the feed. Whatever goes
 * wrong with the consumer, the stream or the connection, it begins anew where it was.
 */
final class Follower implements EventSource.Subscription, ConnectionState.Listener {
    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    /** Longest time until a change of the connection is noticed between two messages. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private enum Change {
        AWAY,
        BACK
    }

    private final Connection nats;
    private final ConnectionState connection;
    private final EventSettings settings;
    private final EventMetrics metrics;
    private final LatticeName lattice;
    private final Gate gate;
    private final EventStream stream;
    private final Position position;
    private final Backoff backoff;
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean caughtUpTold;
    private boolean away;

    Follower(
            Connection nats,
            ConnectionState connection,
            EventSettings settings,
            EventMetrics metrics,
            LatticeName lattice,
            EventSource.Feed feed) {
        this.nats = nats;
        this.connection = connection;
        this.settings = settings;
        this.metrics = metrics;
        this.lattice = lattice;
        this.gate = new Gate(feed);
        this.stream = new EventStream(nats, settings);
        this.position = new Position(Clock.systemUTC(), settings.replay());
        this.backoff = new Backoff(settings.retryMin(), settings.retryMax());
        this.thread = Thread.ofVirtual().name("events-" + lattice).unstarted(this::run);
    }

    void start() {
        connection.add(this);
        if (!connection.connected()) {
            disconnected();
        }
        thread.start();
    }

    @Override
    public void close() {
        gate.shut();
        connection.remove(this);
        thread.interrupt();
    }

    @Override
    public void disconnected() {
        changes.add(Change.AWAY);
    }

    @Override
    public void reconnected() {
        changes.add(Change.BACK);
    }

    private void run() {
        try {
            while (!gate.isShut()) {
                while (!connection.connected() && !gate.isShut()) {
                    pause(settings.retryMax());
                }
                var why = readUntilBroken();
                if (gate.isShut()) {
                    return;
                }
                metrics.restarted();
                var wait = backoff.next();
                log.atWarn()
                        .addKeyValue("lattice", lattice)
                        .addKeyValue("reason", why)
                        .addKeyValue("wait", wait)
                        .log("event consumer begins anew");
                pause(wait);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String readUntilBroken() throws InterruptedException {
        try (var reading =
                new Reading(
                        nats,
                        stream.ensure(),
                        new EventSubjects(settings.account()).of(lattice),
                        settings.batch(),
                        position)) {
            return read(reading);
        } catch (IOException
                | JetStreamApiException
                | JetStreamStatusCheckedException
                | Reading.LostException
                | RuntimeException failed) { // the turn of this loop: it goes on in any case
            return String.valueOf(failed.getMessage());
        }
    }

    private String read(Reading reading)
            throws InterruptedException,
                    IOException,
                    JetStreamApiException,
                    JetStreamStatusCheckedException,
                    Reading.LostException {
        long lastSign = System.nanoTime();
        while (!gate.isShut()) {
            if (reading.caughtUp()) {
                tellCaughtUp();
            }
            if (tellChanges()) {
                return "connection changed";
            }
            var message = reading.next(LOOK);
            if (message.isPresent()) {
                handOver(message.get());
                reading.done(message.get());
                lastSign = System.nanoTime();
                backoff.reset();
            } else if (System.nanoTime() - lastSign > limit(reading).toNanos()) {
                reading.check();
                lastSign = System.nanoTime();
                backoff.reset();
            }
        }
        return "closed";
    }

    /** What is to be replayed comes at once, so while it is awaited silence is looked at sooner. */
    private Duration limit(Reading reading) {
        return reading.caughtUp() ? settings.idleCheck() : LOOK.multipliedBy(5);
    }

    private void handOver(Message message) {
        switch (EventDecoder.decode(message.getSubject(), message.getData())) {
            case Decoded.Event(var event) -> {
                metrics.came(event);
                var at = message.metaData().timestamp().toInstant();
                try {
                    gate.call(feed -> feed.event(event, at));
                } catch (RuntimeException broken) { // one bad event never stops the next
                    log.atError()
                            .setCause(broken)
                            .addKeyValue("lattice", lattice)
                            .log("event not taken");
                }
            }
            case Decoded.Skipped(var reason) -> metrics.skipped(reason);
        }
    }

    private void tellCaughtUp() {
        if (!caughtUpTold) {
            caughtUpTold = true;
            gate.call(EventSource.Feed::caughtUp);
        }
    }

    /**
     * @return whether the connection changed, so that messages may have been lost on the way
     */
    private boolean tellChanges() {
        var changed = false;
        for (var change = changes.poll(); change != null; change = changes.poll()) {
            tell(change);
            changed = true;
        }
        return changed;
    }

    private void tell(Change change) {
        // Starting while the connection goes may notice it twice.
        if (away == (change == Change.AWAY)) {
            return;
        }
        away = !away;
        switch (change) {
            case AWAY -> gate.call(EventSource.Feed::disconnected);
            case BACK -> gate.call(EventSource.Feed::reconnected);
        }
    }

    /** Waits, but tells of the connection meanwhile, and ends when it is back. */
    private void pause(Duration wait) throws InterruptedException {
        var change = changes.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (change != null) {
            tell(change);
        }
    }
}
