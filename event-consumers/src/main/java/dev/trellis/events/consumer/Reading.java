package dev.trellis.events.consumer;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One consumer without acknowledgements and what it delivers, in order and without a gap. It lives
 * as long as all goes well; then a new one goes on at the {@link Position}.
 */
final class Reading implements AutoCloseable {
    /** The server forgets a consumer that nobody reads. */
    private static final Duration FORGET_AFTER = Duration.ofSeconds(30);

    private static final long PULL_EXPIRES_MILLIS = 30_000;

    private final Connection nats;
    private final String stream;
    private final String consumer;
    private final IterableConsumer messages;
    private final Position position;
    private long backlog;
    private long delivered;
    private boolean suspected;

    /** Thrown when messages were lost or the consumer is gone: begin anew at the position. */
    static final class LostException extends Exception {
        private static final long serialVersionUID = 1;

        LostException(String why) {
            super(why);
        }
    }

    Reading(Connection nats, StreamInfo stream, String filter, int batch, Position position)
            throws IOException, JetStreamApiException {
        this.nats = nats;
        this.position = position;
        this.stream = stream.getConfiguration().getName();
        var wanted =
                position.startIn(stream)
                        .filterSubject(filter)
                        .ackPolicy(AckPolicy.None)
                        .memStorage(true)
                        .numReplicas(1)
                        .inactiveThreshold(FORGET_AFTER)
                        .build();
        var made = nats.jetStreamManagement().createConsumer(this.stream, wanted);
        this.consumer = made.getName();
        this.backlog = made.getNumPending();
        var options =
                ConsumeOptions.builder().batchSize(batch).expiresIn(PULL_EXPIRES_MILLIS).build();
        this.messages =
                nats.getStreamContext(this.stream).getConsumerContext(consumer).iterate(options);
    }

    /** Whether all that the stream held at the beginning was returned by {@link #next}. */
    boolean caughtUp() {
        return backlog == 0;
    }

    /**
     * The next message; empty when none came within {@code wait}.
     *
     * @throws LostException when one was lost on the way
     */
    Optional<Message> next(Duration wait)
            throws InterruptedException, JetStreamStatusCheckedException, LostException {
        var message = messages.nextMessage(wait);
        if (message == null) {
            if (messages.isFinished()) {
                throw new LostException("consumer finished");
            }
            return Optional.empty();
        }
        suspected = false;
        var place = message.metaData();
        // Nothing is acknowledged, so what is missing would never be sent again.
        if (place.consumerSequence() != delivered + 1) {
            throw new LostException("gap in the consumer's sequence");
        }
        return Optional.of(message);
    }

    /** Says that {@code message} was handed over. */
    void done(Message message) {
        var place = message.metaData();
        delivered = place.consumerSequence();
        position.read(place.streamSequence());
        backlog = place.pendingCount() == 0 ? 0 : Math.max(0, backlog - 1);
    }

    /**
     * Asks the server whether the consumer is still there and nothing is on its way.
     *
     * @throws LostException when it still says, at the second look, that there is something which
     *     does not come
     */
    void check() throws IOException, JetStreamApiException, LostException {
        ConsumerInfo info = nats.jetStreamManagement().getConsumerInfo(stream, consumer);
        if (info.getDelivered().getConsumerSequence() > delivered || info.getNumPending() > 0) {
            if (suspected) {
                throw new LostException("delivered, and did not come");
            }
            suspected = true;
            return;
        }
        // What was in the backlog and is gone by age will not come any more.
        backlog = 0;
    }

    @Override
    public void close() {
        try {
            messages.close();
            if (nats.getStatus() == Connection.Status.CONNECTED) {
                var _ = nats.jetStreamManagement().deleteConsumer(stream, consumer);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception _) { // close() declares it; the server forgets the consumer by itself
            return;
        }
    }
}
