package dev.trellis.api.history;

import dev.trellis.api.history.HistoryReader.Numbered;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.Connection;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.StreamInfo;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the history from one entry on, through restarts of the server. */
@Singleton
public final class HistoryFollower {
    private static final Logger log = LoggerFactory.getLogger(HistoryFollower.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final int NO_MESSAGE = 10037;

    private final HistoryStream stream;
    private final Connection nats;

    HistoryFollower(HistoryStream stream, Connection nats) {
        this.stream = stream;
        this.nats = nats;
    }

    /** Is told on the following thread; while it waits, nothing is read. */
    public interface Listener {
        /** Whatever is appended from now on will come. Told at each new beginning. */
        void following();

        void entry(Numbered entry) throws InterruptedException;

        /** Entries may be missing between the last one and what follows. */
        void reset() throws InterruptedException;
    }

    /** Where following goes on, and in which life of the stream. */
    private record Position(String created, long after) {}

    /**
     * Follows until the thread is interrupted; while NATS is away it tries again.
     *
     * @param app empty: the lattice itself and all its apps
     * @param after the sequence of the last entry that is known; empty: from now on
     */
    public void follow(
            LatticeName lattice, Optional<AppName> app, OptionalLong after, Listener listener) {
        var position = Optional.<Position>empty();
        try {
            while (true) {
                try {
                    stream.ensure();
                    var info = stream.info().orElseThrow(() -> new IOException("no stream"));
                    position = Optional.of(resume(position, info, after, listener));
                    listener.following();
                    position = Optional.of(read(lattice, app, position.get(), listener));
                } catch (IOException
                        | JetStreamApiException
                        | JetStreamStatusCheckedException
                        | IllegalStateException failed) {
                    log.atDebug().setCause(failed).log("history not followed, trying again");
                    Thread.sleep(AGAIN);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Position resume(
            Optional<Position> before, StreamInfo info, OptionalLong after, Listener listener)
            throws IOException, JetStreamApiException, InterruptedException {
        var created = info.getCreateTime().toInstant().toString();
        if (before.isPresent() && before.get().created().equals(created)) {
            return before.get();
        }
        long last = info.getStreamState().getLastSequence();
        if (before.isEmpty() && after.isEmpty()) {
            return new Position(created, last);
        }
        if (before.isEmpty() && isKept(after.getAsLong(), last)) {
            return new Position(created, after.getAsLong());
        }
        listener.reset();
        // all of a new stream came after what is known; of an old one, what comes from now on
        return new Position(created, before.isPresent() ? 0 : last);
    }

    private boolean isKept(long sequence, long last) throws IOException, JetStreamApiException {
        if (sequence < 1 || sequence > last) {
            return false;
        }
        try {
            return stream.management().getMessage(stream.name(), sequence) != null;
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() == NO_MESSAGE) {
                return false;
            }
            throw refused;
        }
    }

    private Position read(
            LatticeName lattice, Optional<AppName> app, Position from, Listener listener)
            throws IOException,
                    JetStreamApiException,
                    JetStreamStatusCheckedException,
                    InterruptedException {
        // a lattice's own subject and those of its apps need two filters, which 2.9 refuses
        var filter = app.isPresent() ? stream.subject(lattice, app) : stream.all();
        long reconnects = nats.getStatistics().getReconnects();
        var messages =
                nats.getStreamContext(stream.name(), stream.options())
                        .createOrderedConsumer(
                                new OrderedConsumerConfiguration()
                                        .filterSubject(filter)
                                        .deliverPolicy(DeliverPolicy.ByStartSequence)
                                        .startSequence(from.after() + 1))
                        .iterate();
        long after = from.after();
        try {
            while (true) {
                var message = messages.nextMessage(LOOK);
                if (message != null) {
                    var subject = stream.parse(message.getSubject());
                    var entry = HistoryReader.numbered(message);
                    if (entry.isPresent()
                            && subject.filter(s -> s.lattice().equals(lattice)).isPresent()) {
                        listener.entry(entry.get());
                    }
                    after = message.metaData().streamSequence();
                } else if (isOver(messages, reconnects, from.created())) {
                    return new Position(from.created(), after);
                }
            }
        } finally {
            stream.forget(messages);
        }
    }

    private boolean isOver(IterableConsumer messages, long reconnects, String created)
            throws IOException, JetStreamApiException {
        return messages.isFinished()
                || nats.getStatistics().getReconnects() != reconnects
                || stream.info()
                        .filter(info -> info.getCreateTime().toInstant().toString().equals(created))
                        .isEmpty();
    }
}
