package dev.trellis.api.wadm;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last published status of every app, on every replica: for lists and summaries. */
@Singleton
public final class StatusCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusCache.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(500);

    /**
     * @param uid of the app it is about; another app of the same name has another
     * @param deployed the version it is about; absent: undeployed
     */
    public record Seen(
            String phase, String message, Optional<String> uid, Optional<String> deployed) {}

    private final StatusStream stream;
    private final Connection nats;
    private final Map<StatusStream.Subject, Seen> seen = new ConcurrentHashMap<>();
    private final Thread thread;

    StatusCache(StatusStream stream, Connection nats) {
        this.stream = stream;
        this.nats = nats;
        this.thread = Thread.ofVirtual().name("status-cache").start(this::run);
    }

    /** Empty when none was ever published, or not yet read. */
    public Optional<Seen> status(LatticeName lattice, AppName app) {
        return Optional.ofNullable(seen.get(new StatusStream.Subject(lattice, app)));
    }

    @Override
    @PreDestroy
    public void close() {
        thread.interrupt();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                follow();
            } catch (IOException | JetStreamApiException | IllegalStateException failed) {
                log.atDebug().setCause(failed).log("status stream not read, trying again");
                pause();
            } catch (InterruptedException _) {
                return;
            } catch (Exception closing) {
                log.atDebug().setCause(closing).log("consumer not closed");
            }
        }
    }

    private void follow() throws Exception {
        stream.ensure();
        var context = nats.getStreamContext(stream.name());
        var created = context.getStreamInfo().getCreateTime();
        long reconnects = nats.getStatistics().getReconnects();
        var consumer =
                context.createOrderedConsumer(
                        new OrderedConsumerConfiguration()
                                .filterSubject(stream.all())
                                .deliverPolicy(DeliverPolicy.LastPerSubject));
        var messages = consumer.iterate();
        try {
            while (true) {
                var message = messages.nextMessage(LOOK);
                if (message != null) {
                    take(message);
                } else if (nats.getStatistics().getReconnects() != reconnects
                        || !context.getStreamInfo().getCreateTime().equals(created)) {
                    return;
                }
            }
        } finally {
            messages.close();
        }
    }

    private void take(Message message) {
        stream.parse(message.getSubject())
                .ifPresent(subject ->
                        StatusMessage.read(message.getData())
                                .ifPresent(read -> seen.put(subject, read)));
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
