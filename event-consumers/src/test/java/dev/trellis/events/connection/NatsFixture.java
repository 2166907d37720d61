package dev.trellis.events.connection;

import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A nats-server and connections to it, closed together. */
public final class NatsFixture implements AutoCloseable {
    private final NatsServer server = NatsServer.start();
    private final List<Connection> connections = new ArrayList<>();

    /** What is waited for in {@link #await}. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    public NatsServer server() {
        return server;
    }

    /** A new connection that reconnects for ever, every 50 ms. */
    public Connection connect() throws Exception {
        var connection =
                Nats.connect(
                        Options.builder()
                                .server(server.url())
                                .maxReconnects(-1)
                                .reconnectWait(Duration.ofMillis(50))
                                .build());
        connections.add(connection);
        return connection;
    }

    /** Polls until {@code condition} holds. */
    public static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 20 s: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Override
    public void close() {
        try {
            for (var connection : connections) {
                connection.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        server.close();
    }
}
