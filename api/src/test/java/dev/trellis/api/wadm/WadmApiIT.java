package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When wadm's API is served, and what becomes of it in trouble. */
final class WadmApiIT {
    @Test
    void c28ASubscriptionThatDiesIsMadeAnew() {
        try (var server = NatsServer.start();
                var trellis = new Replica(server).serving();
                var client = new Client(server)) {
            var dead = trellis.api.subscription().orElseThrow();

            trellis.nats.closeDispatcher(dead);

            Replica.await(
                    "another subscription",
                    () -> trellis.api.subscription().filter(d -> !d.equals(dead)).isPresent());
            trellis.serving();
            assertThat(client.ask("default.model.list", "")).isEmpty();
            assertThat(trellis.lifeline.whenCut().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void c28AConnectionThatIsClosedForGoodEndsTheProcess() throws Exception {
        try (var server = NatsServer.start();
                var trellis = new Replica(server).serving()) {
            trellis.nats.close();

            Replica.await("cut", () -> trellis.lifeline.whenCut().toCompletableFuture().isDone());
        }
    }

    @Test
    void c28ASubscriptionThatIsNotPermittedIsNotServedAndEndsTheProcess() {
        var options =
                NatsServer.Options.DEFAULTS.withConfigLines(
                        "authorization { users = [ { user: t, password: t, permissions:",
                        "{ publish: \">\", subscribe: { allow: \">\", deny: \"wadm.api.>\" } } } ] }");
        try (var server = NatsServer.start(options);
                var trellis =
                        new Replica(
                                Replica.connect(server.url().replace("//", "//t:t@")),
                                Replica.QUICK)) {
            Replica.await(
                    "cut: " + trellis.api.why(),
                    () -> trellis.lifeline.whenCut().toCompletableFuture().isDone());
            assertThat(trellis.api.serves()).isFalse();
            assertThat(trellis.api.why()).containsIgnoringCase("permissions");
        }
    }

    @Test
    void aRestartOfNatsIsSurvived() {
        try (var server = NatsServer.start();
                var trellis = new Replica(server).serving();
                var client = new Client(server)) {
            client.put("default", Manifests.app("shop", "v1", 1));

            server.restart();

            Replica.await(
                    "connected again",
                    () ->
                            client.nats.getStatus() == Connection.Status.CONNECTED
                                    && trellis.nats.getStatus() == Connection.Status.CONNECTED);
            trellis.serving();
            assertThat(client.ask("default.model.list", "")).hasSize(1);
        }
    }

    @Test
    void whatCannotWaitIsRefusedAtOnceAndEverythingIsAnswered() {
        var quick = Replica.QUICK;
        var narrow =
                new WadmSettings(
                        quick.account(),
                        quick.prefix(),
                        false,
                        1,
                        1,
                        4,
                        quick.askTimeout(),
                        quick.lookEvery(),
                        quick.giveUpAfter());
        try (var server = NatsServer.start();
                var _ = new Replica(server, narrow).serving();
                var client = new Client(server)) {
            var answers = new ArrayList<CompletableFuture<Message>>();
            for (int i = 0; i < 200; i++) {
                answers.add(
                        client.send(
                                "default.model.put",
                                Manifests.app("app-" + i, "v1", 1).getBytes(StandardCharsets.UTF_8),
                                Map.of()));
            }
            int stored = 0;
            int refused = 0;
            for (var answer : answers) {
                var reply = Client.reply("default.model.put", answer.join());
                if (reply.path("result").asText().equals("created")) {
                    stored++;
                } else {
                    assertThat(reply.path("message").asText()).contains("requests wait");
                    refused++;
                }
            }
            assertThat(stored).isPositive();
            assertThat(refused).isPositive();
            assertThat(client.ask("default.model.list", "")).hasSize(stored);
        }
    }

    @Test
    void c26AStoreThatIsAwayIsAnErrorAndAListStillComes() throws Exception {
        try (var server = NatsServer.start();
                var trellis = new Replica(server).serving();
                var client = new Client(server)) {
            client.put("default", Manifests.app("shop", "v1", 1));
            // as a stream that is no bucket: nothing can be read from or written to it
            var management = trellis.nats.jetStreamManagement();
            var config = management.getStreamInfo("KV_trellis").getConfiguration();
            assertThat(management.deleteStream("KV_trellis")).isTrue();
            var sealed =
                    io.nats.client.api.StreamConfiguration.builder(config)
                            .maximumMessageSize(1)
                            .build();
            var _ = management.addStream(sealed);

            var put = client.put("default", Manifests.app("other", "v1", 1));

            assertThat(put.path("result").asText()).isEqualTo("error");
            assertThat(put.path("message").asText()).contains("store");
            assertThat(client.ask("default.model.list", "").isArray()).isTrue();
        }
    }

    @Test
    void nothingIsAnsweredAfterTheEndAndAllThatCameBeforeIs() throws Exception {
        try (var server = NatsServer.start();
                var client = new Client(server)) {
            var trellis = new Replica(server).serving();
            var answers = new ArrayList<CompletableFuture<Message>>();
            for (int i = 0; i < 100; i++) {
                answers.add(client.send("default.model.list", new byte[0], Map.of()));
            }
            client.nats.flush(Duration.ofSeconds(5));
            var _ = trellis.nats.request("nobody.is.here", new byte[0], Duration.ofMillis(200));

            trellis.close();

            for (var answer : answers) {
                Client.reply("default.model.list", answer.join());
            }
            var late =
                    Optional.ofNullable(
                            client.nats.request(
                                    "wadm.api.default.model.list",
                                    new byte[0],
                                    Duration.ofMillis(300)));
            assertThat(late.filter(m -> !m.isStatusMessage())).isEmpty();
        }
    }
}
