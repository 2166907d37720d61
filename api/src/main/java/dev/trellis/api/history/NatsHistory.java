package dev.trellis.api.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.History;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries to the stream, in order, from a thread of its own. While NATS is away they wait;
 * where more wait than may, the oldest are lost, and counted.
 */
@Singleton
public final class NatsHistory implements History, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NatsHistory.class);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final HistoryStream stream;
    private final Connection nats;
    private final BlockingQueue<Written> waiting;
    private final Counter lost;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param id lets the server tell an entry that is sent again from another one
     */
    private record Written(String subject, String id, ObjectNode json) {}

    NatsHistory(
            HistoryStream stream, Connection nats, HistorySettings settings, MeterRegistry meters) {
        this.stream = stream;
        this.nats = nats;
        this.waiting = new ArrayBlockingQueue<>(settings.queue());
        this.lost =
                Counter.builder("trellis.history.lost")
                        .description("entries of the history that could not be written")
                        .register(meters);
        this.thread = Thread.ofVirtual().name("history").start(this::run);
    }

    @Override
    public void append(LatticeName lattice, Optional<AppName> app, Entry entry) {
        var written =
                new Written(
                        stream.subject(lattice, app),
                        UUID.randomUUID().toString(),
                        EntryJson.of(entry));
        while (!waiting.offer(written)) {
            if (waiting.poll() != null) {
                lost.increment();
            }
        }
    }

    /** What still waits gets a second to be written. */
    @Override
    @PreDestroy
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(Duration.ofSeconds(1))) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean ensured = false;
        try {
            while (closing.getCount() > 0 || !waiting.isEmpty()) {
                var next = waiting.poll(AGAIN.toMillis() / 5, TimeUnit.MILLISECONDS);
                if (next != null) {
                    if (!ensured) {
                        ensure(); // else the first entry on a new server fails and waits
                        ensured = true;
                    }
                    write(next);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Written entry) throws InterruptedException {
        boolean said = false;
        while (true) {
            try {
                publish(entry);
                return;
            } catch (IOException | JetStreamApiException | IllegalStateException failed) {
                if (!said) {
                    said = true;
                    log.atWarn()
                            .addKeyValue("subject", entry.subject())
                            .addKeyValue("reason", String.valueOf(failed.getMessage()))
                            .log("history not written, trying again");
                }
                if (closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    lost.increment(waiting.size() + 1.0);
                    waiting.clear();
                    return;
                }
                ensure();
            }
        }
    }

    private void publish(Written entry) throws IOException, JetStreamApiException {
        if (nats.getStatus() != Connection.Status.CONNECTED) {
            throw new IOException("not connected: " + nats.getStatus());
        }
        var ack =
                nats.jetStream(stream.options())
                        .publish(
                                entry.subject(),
                                Json.bytes(entry.json()),
                                PublishOptions.builder().messageId(entry.id()).build());
        log.atDebug().addKeyValue("sequence", ack.getSeqno()).log("history written");
    }

    private void ensure() {
        try {
            stream.ensure();
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            log.atDebug().setCause(failed).log("history stream not ensured");
        }
    }
}
