package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The last published status of every app, on every replica: for lists and summaries. */
@Singleton
public final class StatusCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusCache.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofMillis(500);

    /**
     * What was published of an app.
     *
     * @param uid of the app it is about; another app of the same name has another
     * @param deployed the version it is about; absent: undeployed
     * @param message the whole message; not to be modified
     */
    public record Seen(
            String phase,
            String summary,
            Optional<String> uid,
            Optional<String> deployed,
            ObjectNode message) {}

    /** A message and where it stands in the stream as it is now. */
    record Last(long sequence, ObjectNode message) {}

    private final StatusStream stream;
    private final Connection nats;
    private final Map<StatusStream.Subject, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, Last> inStream = new ConcurrentHashMap<>();
    private final List<Runnable> whenNew = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<LatticeName, AppName>> whenChanged = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile String streamCreated = "";
    private String told = "";

    StatusCache(StatusStream stream, Connection nats) {
        this.stream = stream;
        this.nats = nats;
        this.thread = Thread.ofVirtual().name("status-cache").start(this::run);
    }

    /** Empty when none was ever published, or not yet read. */
    public Optional<Seen> status(LatticeName lattice, AppName app) {
        return Optional.ofNullable(seen.get(new StatusStream.Subject(lattice, app)));
    }

    /** The last message that the stream is known to have on a subject. */
    Optional<Last> last(String subject) {
        return Optional.ofNullable(inStream.get(subject));
    }

    /** Runs {@code told} whenever the stream was made anew, and so lost what it had. */
    void whenStreamIsNew(Runnable told) {
        whenNew.add(told);
    }

    /** Runs {@code told} whenever another status of an app is here; it must not wait. */
    public void whenChanged(BiConsumer<LatticeName, AppName> told) {
        whenChanged.add(told);
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
                tell(String.valueOf(failed.getMessage()));
                pause();
            } catch (InterruptedException _) {
                return;
            } catch (Exception closing) {
                log.atDebug().setCause(closing).log("consumer not closed");
            }
        }
    }

    /** Once for each reason, not for each try; only the thread that reads calls it. */
    private void tell(String reason) {
        log.atLevel(reason.equals(told) ? Level.DEBUG : Level.WARN)
                .addKeyValue("reason", reason)
                .log("status stream not read, trying again");
        told = reason;
    }

    private void follow() throws Exception {
        var info = stream.ensure();
        var created = info.getCreateTime().toInstant().toString();
        boolean another = !streamCreated.isEmpty() && !streamCreated.equals(created);
        streamCreated = created;
        if (another) {
            inStream.clear();
            whenNew.forEach(Runnable::run);
        }
        var context = nats.getStreamContext(info.getConfiguration().getName());
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
                } else if (nats.getStatistics().getReconnects() != reconnects || !isSame(created)) {
                    return;
                }
            }
        } finally {
            messages.close();
        }
    }

    private boolean isSame(String created) throws IOException, JetStreamApiException {
        return stream.ensure().getCreateTime().toInstant().toString().equals(created);
    }

    private void take(Message message) {
        var subject = stream.parse(message.getSubject());
        if (subject.isEmpty()) {
            return;
        }
        var read = StatusMessage.read(message.getData());
        if (read.isEmpty()) {
            inStream.remove(message.getSubject());
            return;
        }
        seen.put(subject.get(), read.get());
        inStream.put(
                message.getSubject(),
                new Last(message.metaData().streamSequence(), read.get().message()));
        whenChanged.forEach(told -> told.accept(subject.get().lattice(), subject.get().app()));
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
