package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.api.store.Precondition;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of deploys and undeploys, by whichever API they come. */
final class ManifestEventsIT {
    private static final LatticeName LATTICE = new LatticeName("default");
    private static final AppName SHOP = new AppName("shop");

    private final NatsServer server = NatsServer.start();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private Client client;

    @BeforeEach
    void listen() {
        client = new Client(server);
        client.nats
                .createDispatcher(m -> events.add(Client.json(m.getData())))
                .subscribe("wadm.evt.>");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void trap33TheStreamIsThereBeforeTheFirstDeployAndHasItsEvent() throws Exception {
        try (var trellis = new Replica(server).serving()) {
            var stream = trellis.nats.jetStreamManagement().getStreamInfo("wadm_events");
            assertThat(stream.getConfiguration().getSubjects()).containsExactly("wadm.evt.*.>");
            client.put("default", Manifests.app("shop", "v1", 1));

            client.ask("default.model.deploy.shop", "");

            assertThat(WadmPresenceIT.messages(trellis, "wadm_events")).isEqualTo(1);
            Replica.await("heard", () -> events.size() == 1);
            var event = events.getFirst();
            assertThat(event.path("type").asText()).isEqualTo("com.wadm.manifest_published");
            assertThat(event.path("source").asText()).isEqualTo("wadm");
            assertThat(event.at("/data/metadata/annotations/version").asText()).isEqualTo("v1");
        }
    }

    @Test
    void changesByAnyApiAreTold() throws Exception {
        try (var trellis = new Replica(server).serving()) {
            client.put("default", Manifests.app("shop", "v1", 1));
            client.put("default", Manifests.app("shop", "v2", 2));

            // as the HTTP API does
            var _ = trellis.apps.deploy(LATTICE, SHOP, Optional.of("v1"), false, Precondition.NONE);
            var _ = trellis.apps.undeploy(LATTICE, SHOP, Precondition.NONE);
            var _ = trellis.apps.delete(LATTICE, SHOP, Optional.of("v1"), Precondition.NONE);
            var _ = trellis.apps.delete(LATTICE, SHOP, Optional.empty(), Precondition.NONE);

            Replica.await("three events", () -> events.size() == 3);
            assertThat(events.stream().map(e -> e.path("type").asText()).toList())
                    .containsExactly(
                            "com.wadm.manifest_published",
                            "com.wadm.manifest_unpublished",
                            "com.wadm.manifest_unpublished");
            assertThat(WadmPresenceIT.messages(trellis, "wadm_events")).isEqualTo(3);
        }
    }

    @Test
    void aStreamThatVanishesIsMadeAgainAndTheEventIsNotLost() throws Exception {
        try (var trellis = new Replica(server).serving()) {
            client.put("default", Manifests.app("shop", "v1", 1));
            trellis.nats.jetStreamManagement().deleteStream("wadm_events");

            client.ask("default.model.deploy.shop", "");

            assertThat(WadmPresenceIT.messages(trellis, "wadm_events")).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatCapturesTheEventsAlreadyIsUsedAsItIs() throws Exception {
        var management = client.nats.jetStreamManagement();
        var _ =
                management.addStream(
                        StreamConfiguration.builder().name("mine").subjects("wadm.evt.>").build());

        try (var trellis = new Replica(server).serving()) {
            client.put("default", Manifests.app("shop", "v1", 1));
            client.ask("default.model.deploy.shop", "");

            assertThat(WadmPresenceIT.messages(trellis, "mine")).isEqualTo(1);
            assertThat(management.getStreamNames()).contains("mine").doesNotContain("wadm_events");
        }
    }

    @Test
    void a69AStreamOfAnOlderLayoutIsMigratedAndKeepsItsMessages() throws Exception {
        var management = client.nats.jetStreamManagement();
        var _ =
                management.addStream(
                        StreamConfiguration.builder()
                                .name("wadm_events")
                                .subjects("wadm.evt.default.*", "wadm.old.*")
                                .build());
        var _ = client.nats.jetStream().publish("wadm.evt.default.kept", new byte[] {'{', '}'});

        try (var trellis = new Replica(server).serving()) {
            var subjects = management.getStreamInfo("wadm_events").getConfiguration().getSubjects();

            assertThat(subjects).containsExactlyInAnyOrder("wadm.evt.*.>", "wadm.old.*");
            assertThat(WadmPresenceIT.messages(trellis, "wadm_events")).isEqualTo(1);
        }
    }

    @Test
    void a69AnotherStreamOfAPartOfTheEventsIsNamedAndKept() throws Exception {
        var management = client.nats.jetStreamManagement();
        var _ =
                management.addStream(
                        StreamConfiguration.builder()
                                .name("older")
                                .subjects("wadm.evt.default.>")
                                .build());
        var wanted =
                StreamConfiguration.builder().name("wadm_events").subjects("wadm.evt.*.>").build();

        assertThatThrownBy(() -> new WadmStream(client.nats, wanted).ensure())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("captured by stream older,")
                .hasMessageContaining("nats stream rm older");
        assertThat(management.getStreamNames()).containsExactly("older");

        assertThat(management.deleteStream("older")).isTrue();
        assertThat(new WadmStream(client.nats, wanted).ensure().getConfiguration().getName())
                .isEqualTo("wadm_events");
    }

    @Test
    void aRefusedOrUnknownDeployIsNotTold() {
        try (var _ = new Replica(server).serving()) {
            client.put("default", Manifests.app("shop", "v1", 1));

            client.ask("default.model.deploy.shop", "{\"version\":\"v9\"}");
            client.ask("default.model.deploy.none", "");
            client.ask("default.model.undeploy.none", "");
            client.ask("default.model.del.shop", "{\"version\":\"v9\"}");
            client.ask("default.model.undeploy.shop", "");

            // only the last: an undeploy is always told
            Replica.await("one event", () -> !events.isEmpty());
            assertThat(events).hasSize(1);
        }
    }
}
