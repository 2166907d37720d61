package dev.trellis.api.wadm;

import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.Connection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers {@code list} as a wadm would: without Trellis's header. */
final class FakeWadm implements AutoCloseable {
    final AtomicInteger asked = new AtomicInteger();
    private final Connection nats;

    FakeWadm(NatsServer server) {
        nats = Replica.connect(server.url());
        var dispatcher =
                nats.createDispatcher(message -> {
                    asked.incrementAndGet();
                    nats.publish(message.getReplyTo(), "[]".getBytes(StandardCharsets.UTF_8));
                });
        dispatcher.subscribe("wadm.api.>", "wadm_server");
        try {
            nats.flush(java.time.Duration.ofSeconds(5));
        } catch (java.util.concurrent.TimeoutException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        try {
            nats.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
