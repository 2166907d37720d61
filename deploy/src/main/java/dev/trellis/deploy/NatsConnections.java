package dev.trellis.deploy;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that the adapters are given: one for events, one for commands and the API, so
 * that a backlog of events holds up nothing else. Each is made once and then comes back by itself
 * for as long as it takes.
 */
final class NatsConnections implements AutoCloseable {
    /** Carries the lattices' events. */
    static final String EVENTS = "events";

    /** Carries commands, queries, the store and the API. */
    static final String COMMANDS = "commands";

    private static final Logger LOG = LoggerFactory.getLogger(NatsConnections.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final NatsSettings settings;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    private String said = "";

    private record Open(Connection connection, NatsLog log) {}

    NatsConnections(NatsSettings settings) {
        this.settings = settings;
    }

    /**
     * Tries once.
     *
     * @return whether both connections are there
     * @throws InvalidSettingsException when no trial could ever succeed
     */
    boolean tryOpen() throws InterruptedException {
        try {
            open(EVENTS);
            open(COMMANDS);
            return true;
        } catch (IOException away) {
            String reason = String.valueOf(away.getMessage());
            if (!reason.equals(said)) {
                LOG.atWarn()
                        .addKeyValue("url", settings.display())
                        .addKeyValue("reason", reason)
                        .log("nats is away, trying on");
                said = reason;
            }
            return false;
        }
    }

    /**
     * Waits until both connections are there, however long that takes.
     *
     * @throws InterruptedException when we are to stop
     */
    void awaitOpen() throws InterruptedException {
        while (!tryOpen()) {
            Thread.sleep(RETRY);
        }
    }

    /** Whether both are connected at this moment. */
    boolean connected() {
        return open.size() == 2
                && open.values().stream()
                        .allMatch(o -> o.connection().getStatus() == Connection.Status.CONNECTED);
    }

    /**
     * @throws IllegalStateException before {@link #awaitOpen()} has returned
     */
    Connection get(String name) {
        return Optional.ofNullable(open.get(name))
                .orElseThrow(() -> new IllegalStateException("nats is not connected yet"))
                .connection();
    }

    /** Where it is to be found, without secrets. */
    String display() {
        return settings.display();
    }

    @Override
    public void close() {
        open.values().forEach(o -> o.log().watch(false));
        open.values().forEach(NatsConnections::close);
    }

    private void open(String name) throws IOException, InterruptedException {
        if (open.containsKey(name)) {
            return;
        }
        var log = new NatsLog(name);
        var connection = Nats.connect(options(name, log));
        var within = settings.jsDomain().map(d -> JetStreamDomain.of(connection, d));
        open.put(name, new Open(within.orElse(connection), log));
        log.watch(true);
    }

    private Options options(String name, NatsLog log) {
        var options =
                Options.builder()
                        .servers(settings.url().split("\\s*,\\s*"))
                        .connectionName("trellis-" + name)
                        .maxReconnects(-1)
                        .reconnectWait(RETRY)
                        .reconnectJitter(Duration.ofMillis(100))
                        .connectionTimeout(Duration.ofSeconds(2))
                        .pingInterval(Duration.ofSeconds(5))
                        .connectionListener(log)
                        .errorListener(log);
        NatsIdentity.apply(settings, options);
        return options.build();
    }

    private static void close(Open open) {
        try {
            open.connection().close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
