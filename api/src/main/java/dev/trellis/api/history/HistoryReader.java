package dev.trellis.api.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.StoreUnavailableException;
import io.nats.client.Connection;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.StreamInfoOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the entries of one app. They are few enough to be read whole. */
@Singleton
public final class HistoryReader {
    /** In a stream that somebody else made there may be more of one app. */
    private static final int MOST = 100_000;

    private static final int AT_ONCE = 1000;
    private static final long EXPIRES_MILLIS = 2000;

    private final HistoryStream stream;
    private final Connection nats;

    HistoryReader(HistoryStream stream, Connection nats) {
        this.stream = stream;
        this.nats = nats;
    }

    /** An entry and its place in the stream; {@code json} is in the shape of the HTTP API. */
    public record Numbered(long sequence, ObjectNode json) {}

    /**
     * All that is kept of an app, newest first; empty when nothing is, or there is no stream.
     *
     * @throws StoreUnavailableException when the stream does not answer; worth retrying
     */
    public List<Numbered> newestFirst(LatticeName lattice, AppName app) {
        var subject = stream.subject(lattice, Optional.of(app));
        try {
            if (nats.getStatus() != Connection.Status.CONNECTED) {
                throw new IOException("not connected: " + nats.getStatus());
            }
            return stream.info().isEmpty() ? List.of() : read(subject).reversed();
        } catch (IOException
                | JetStreamApiException
                | JetStreamStatusCheckedException
                | IllegalStateException failed) {
            throw new StoreUnavailableException("history unavailable: " + subject, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted: " + subject, interrupted);
        }
    }

    private List<Numbered> read(String subject)
            throws IOException,
                    JetStreamApiException,
                    InterruptedException,
                    JetStreamStatusCheckedException {
        var entries = new ArrayList<Numbered>();
        long left = Math.min(MOST, kept(subject));
        if (left == 0) {
            return entries;
        }
        var consumer =
                nats.getStreamContext(stream.name(), stream.options())
                        .createOrderedConsumer(
                                new OrderedConsumerConfiguration()
                                        .filterSubject(subject)
                                        .deliverPolicy(DeliverPolicy.All));
        while (left > 0) {
            int got = 0;
            var batch = consumer.fetch(options((int) Math.min(AT_ONCE, left)));
            try {
                for (var message = batch.nextMessage();
                        message != null;
                        message = batch.nextMessage()) {
                    numbered(message).ifPresent(entries::add);
                    got++;
                }
            } finally {
                stream.forget(batch);
            }
            if (got == 0) {
                break;
            }
            left -= got;
        }
        return entries;
    }

    private static FetchConsumeOptions options(int most) {
        return FetchConsumeOptions.builder().maxMessages(most).expiresIn(EXPIRES_MILLIS).build();
    }

    private long kept(String subject) throws IOException, JetStreamApiException {
        var info =
                stream.management()
                        .getStreamInfo(stream.name(), StreamInfoOptions.filterSubjects(subject));
        var counts = info.getStreamState().getSubjectMap();
        return counts == null ? 0 : counts.getOrDefault(subject, 0L);
    }

    /** Empty for a message that is not an entry. */
    static Optional<Numbered> numbered(Message message) {
        try {
            long sequence = message.metaData().streamSequence();
            var json = Json.parse(message.getData());
            return json.isObject()
                    ? Optional.of(new Numbered(sequence, EntryJson.numbered(sequence, json)))
                    : Optional.empty();
        } catch (IOException | IllegalStateException foreign) {
            return Optional.empty();
        }
    }
}
