package dev.trellis.api.wadm;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.StatusSink;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the status of apps to {@code wadm.status.<lattice>.<app>}, from a thread of its own.
 * Where NATS is slower than the changes, only the newest of an app is published.
 */
@Singleton
public final class WadmStatusPublisher implements StatusSink, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WadmStatusPublisher.class);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final StatusStream stream;
    private final Connection nats;
    private final Map<String, AppStatus> newest = new ConcurrentHashMap<>();
    private final BlockingQueue<String> changed = new LinkedBlockingQueue<>();
    private final Thread thread;

    WadmStatusPublisher(StatusStream stream, Connection nats) {
        this.stream = stream;
        this.nats = nats;
        this.thread = Thread.ofVirtual().name("wadm-status").start(this::run);
    }

    @Override
    public void publish(LatticeName lattice, AppStatus status) {
        var subject = stream.subject(lattice, status.app());
        if (newest.put(subject, status) == null) {
            changed.add(subject);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                send(changed.take());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String subject) throws InterruptedException {
        while (true) {
            var status = newest.get(subject);
            if (status == null) {
                return;
            }
            try {
                var ack = nats.jetStream().publish(subject, StatusMessage.write(status));
                log.atDebug().addKeyValue("sequence", ack.getSeqno()).log("status published");
                // one that came meanwhile stays, and is sent next
                if (newest.remove(subject, status)) {
                    return;
                }
            } catch (IOException | JetStreamApiException | IllegalStateException failed) {
                log.atWarn()
                        .addKeyValue("subject", subject)
                        .addKeyValue("reason", String.valueOf(failed.getMessage()))
                        .log("status not published, trying again");
                ensure();
                Thread.sleep(AGAIN);
            }
        }
    }

    private void ensure() {
        try {
            stream.ensure();
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            log.atDebug().setCause(failed).log("stream not ensured");
        }
    }
}
