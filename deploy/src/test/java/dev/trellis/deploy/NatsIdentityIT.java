package dev.trellis.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every proof of identity that the settings know, before a server that asks for it. */
@DisplayName("A75: who we are to NATS, and whom we trust")
class NatsIdentityIT {
    private static final Optional<String> NONE = Optional.empty();

    @TempDir Path folder;

    @Test
    void aJwtWithItsSeedIsTakenAsItIsOrFromFiles() throws Exception {
        var operator = new JwtOperator();
        var user = NKey.createUser(null);
        var jwt = operator.user(user);
        var seed = new String(user.getSeed());
        try (var server = NatsServer.start(operator.options())) {
            assertThat(connects(server.url(), NONE, Optional.of(seed), Optional.of(jwt))).isTrue();
            var jwtFile = Files.writeString(folder.resolve("user.jwt"), jwt + "\n");
            var seedFile = Files.writeString(folder.resolve("user.nk"), seed + "\n");
            assertThat(
                            connects(
                                    server.url(),
                                    NONE,
                                    Optional.of(seedFile.toString()),
                                    Optional.of(jwtFile.toString())))
                    .isTrue();
        }
    }

    @Test
    void aCredsFileHoldsBoth() throws Exception {
        var operator = new JwtOperator();
        var user = NKey.createUser(null);
        var creds =
                Files.writeString(
                        folder.resolve("user.creds"),
                        """
                        -----BEGIN NATS USER JWT-----
                        %s
                        ------END NATS USER JWT------

                        -----BEGIN USER NKEY SEED-----
                        %s
                        ------END USER NKEY SEED------
                        """
                                .formatted(operator.user(user), new String(user.getSeed())));
        try (var server = NatsServer.start(operator.options())) {
            assertThat(connects(server.url(), Optional.of(creds.toString()), NONE, NONE)).isTrue();
        }
    }

    @Test
    void aServerThatDoesNotKnowUsIsTriedAgainAndNotFatal() throws Exception {
        var operator = new JwtOperator();
        var stranger = NKey.createUser(null);
        try (var server = NatsServer.start(operator.options());
                var connections =
                        new NatsConnections(
                                settings(
                                        server.url(),
                                        NONE,
                                        Optional.of(new String(stranger.getSeed())),
                                        NONE,
                                        NONE))) {
            assertThat(connections.tryOpen()).isFalse();
        }
    }

    @Test
    void aServersCertificateIsTrustedByTheAuthorityInTheFile() throws Exception {
        var certificate = TestCertificate.create(folder);
        try (var server = NatsServer.start(certificate.options())) {
            var trusting =
                    settings(
                            server.url(),
                            NONE,
                            NONE,
                            NONE,
                            Optional.of(certificate.authority().toString()));
            try (var connections = new NatsConnections(trusting)) {
                connections.awaitOpen();
                assertThat(connections.connected()).isTrue();
            }
            try (var connections =
                    new NatsConnections(settings(server.url(), NONE, NONE, NONE, NONE))) {
                assertThat(connections.tryOpen()).isFalse();
            }
        }
    }

    @Test
    void whatIsNoSeedNoJwtOrNoAuthorityIsSaidInOneSentenceWithItsSetting() throws Exception {
        var junk = Files.write(folder.resolve("junk"), "junk".getBytes(UTF_8)).toString();
        refused(settings("nats://127.0.0.1:1", NONE, Optional.of("SNOSEED"), NONE, NONE), "seed");
        refused(settings("nats://127.0.0.1:1", NONE, Optional.of("/nowhere"), NONE, NONE), "seed");
        refused(
                settings("nats://127.0.0.1:1", NONE, Optional.of(junk), Optional.of("x"), NONE),
                "jwt");
        refused(settings("nats://127.0.0.1:1", NONE, NONE, NONE, Optional.of(junk)), "tls-ca");
    }

    private static void refused(NatsSettings settings, String name) {
        try (var connections = new NatsConnections(settings)) {
            assertThatThrownBy(connections::tryOpen)
                    .isInstanceOf(InvalidSettingsException.class)
                    .message()
                    .contains("trellis.nats." + name)
                    .doesNotContain("\n");
        }
    }

    private static boolean connects(
            String url, Optional<String> creds, Optional<String> seed, Optional<String> jwt)
            throws InterruptedException {
        try (var connections = new NatsConnections(settings(url, creds, seed, jwt, NONE))) {
            connections.awaitOpen();
            return connections.connected();
        }
    }

    private static NatsSettings settings(
            String url,
            Optional<String> creds,
            Optional<String> seed,
            Optional<String> jwt,
            Optional<String> authority) {
        return new NatsSettings(url, creds, seed, jwt, authority, NONE);
    }
}
