package dev.trellis.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.NKey;
import io.nats.client.api.KeyValueConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server: whom it lets in, and what happens while it is away. */
class NatsConnectionsIT {
    private static final Optional<String> NONE = Optional.empty();

    @TempDir Path folder;

    @Test
    void aSeedIsTakenAsItIsOrFromAFile() throws Exception {
        var key = NKey.createUser(null);
        try (var server =
                server(
                        "authorization: { users: [ { nkey: "
                                + new String(key.getPublicKey())
                                + " } ] }")) {
            String seed = new String(key.getSeed());
            var file = Files.writeString(folder.resolve("seed"), seed + "\n");

            assertThat(connects(settings(server.url(), NONE, Optional.of(seed)))).isTrue();
            assertThat(connects(settings(server.url(), NONE, Optional.of(file.toString()))))
                    .isTrue();
        }
    }

    @Test
    void userAndPasswordAreTakenFromTheUrl() throws Exception {
        try (var server = server("authorization: { user: u, password: p }")) {
            var url = server.url().replace("//", "//u:p@");

            assertThat(connects(settings(url, NONE, NONE))).isTrue();
        }
    }

    @Test
    void theTwoConnectionsHaveNames() throws Exception {
        try (var server = NatsServer.start();
                var connections = new NatsConnections(settings(server.url(), NONE, NONE))) {
            connections.awaitOpen();

            assertThat(connections.get(NatsConnections.EVENTS).getOptions().getConnectionName())
                    .isEqualTo("trellis-events");
            assertThat(connections.get(NatsConnections.COMMANDS).getOptions().getConnectionName())
                    .isEqualTo("trellis-commands");
        }
    }

    @Test
    void aServerThatComesLaterIsFound() throws Exception {
        int port;
        try (var server = NatsServer.start()) {
            port = server.port();
        }
        try (var connections =
                new NatsConnections(settings("nats://127.0.0.1:" + port, NONE, NONE))) {
            var waiting = Thread.ofVirtual().start(() -> open(connections));
            assertThat(connections.connected()).isFalse();

            try (var _ = NatsServer.start(NatsServer.Options.DEFAULTS.withPort(port))) {
                assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
                assertThat(connections.connected()).isTrue();
            }
        }
    }

    @Test
    void readinessEndsWhileNatsIsAwayAndComesBackWithIt() throws Exception {
        try (var server = NatsServer.start();
                var connections = new NatsConnections(settings(server.url(), NONE, NONE))) {
            connections.awaitOpen();
            var indicator = new NatsIndicator(connections);
            assertThat(indicator.getHealthInformation()).isEmpty();

            server.kill();
            await(() -> indicator.getHealthInformation().containsKey("reason"));
            server.restart();
            await(() -> indicator.getHealthInformation().isEmpty());
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void aJetStreamDomainIsUsedForStreamsAndBuckets() throws Exception {
        try (var server = server("jetstream: { domain: edge }")) {
            var within =
                    new NatsSettings(server.url(), NONE, NONE, NONE, NONE, Optional.of("edge"));
            try (var connections = new NatsConnections(within)) {
                connections.awaitOpen();
                var nats = connections.get(NatsConnections.COMMANDS);
                var bucket = KeyValueConfiguration.builder().name("b").build();

                assertThat(nats.keyValueManagement().create(bucket).getBucketName()).isEqualTo("b");
                assertThat(nats.keyValue("b").put("k", "v".getBytes(UTF_8))).isEqualTo(1);
                assertThat(nats.jetStreamManagement().getStreamNames()).contains("KV_b");
            }
        }
    }

    @Test
    void aCredsFileThatIsNotThereIsSaidSo() {
        var settings = settings("nats://127.0.0.1:1", Optional.of("/nowhere/x.creds"), NONE);
        try (var connections = new NatsConnections(settings)) {
            assertThatThrownBy(connections::awaitOpen)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("/nowhere/x.creds");
        }
    }

    private static boolean connects(NatsSettings settings) throws InterruptedException {
        try (var connections = new NatsConnections(settings)) {
            connections.awaitOpen();
            return connections.connected();
        }
    }

    private static void open(NatsConnections connections) {
        try {
            connections.awaitOpen();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static NatsServer server(String... configuration) {
        return NatsServer.start(NatsServer.Options.DEFAULTS.withConfigLines(configuration));
    }

    private static NatsSettings settings(
            String url, Optional<String> creds, Optional<String> seed) {
        return new NatsSettings(url, creds, seed, NONE, NONE, NONE);
    }
}
