package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.wanted.AppRecord;
import io.nats.client.api.StreamConfiguration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the loop's statuses is published, and in which order. */
final class WadmStatusPublisherIT {
    private static final LatticeName LATTICE = new LatticeName("default");

    private final NatsServer server = NatsServer.start();
    private final List<JsonNode> statuses = new CopyOnWriteArrayList<>();
    private Client client;

    @BeforeEach
    void listen() {
        client = new Client(server);
        client.nats
                .createDispatcher(m -> statuses.add(Client.json(m.getData())))
                .subscribe("wadm.status.default.shop");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void a58TheLastStatusAfterAnUndeployIsUndeployedThoughThreeProcessesPublish() {
        try (var one = new Replica(server).serving();
                var two = new Replica(server).serving();
                var three = new Replica(server).serving()) {
            deploy();
            var before = record(one);
            one.publisher.publish(LATTICE, RecordedStatus.of(before, Phase.RECONCILING));
            awaitType("reconciling");
            client.ask("default.model.undeploy.shop", "");
            var after = record(one);
            one.publisher.publish(LATTICE, RecordedStatus.of(after, Phase.UNDEPLOYED));
            awaitType("undeployed");

            // who had the lattice before, and does not know yet
            two.publisher.publish(LATTICE, RecordedStatus.of(before, Phase.RECONCILING));
            three.publisher.publish(LATTICE, RecordedStatus.of(before, Phase.DEPLOYED));
            // who has it next says the same again
            var other = RecordedStatus.of(after, Phase.UNDEPLOYED);
            three.publisher.publish(LATTICE, other);

            publishMarker(one);
            assertThat(types()).containsExactly("reconciling", "undeployed");
            assertThat(statuses.getLast().at("/status/message").asText())
                    .isEqualTo("Manifest has been undeployed");
        }
    }

    @Test
    void a59WhatIsTheSameIsPublishedOnceByWhoeverFindsIt() {
        try (var one = new Replica(server).serving();
                var two = new Replica(server).serving()) {
            deploy();
            var deployed = RecordedStatus.of(record(one), Phase.DEPLOYED);
            one.publisher.publish(LATTICE, deployed);
            awaitType("deployed");
            Replica.await(
                    "read by the other",
                    () -> two.cache.last("wadm.status.default.shop").isPresent());

            for (int i = 0; i < 100; i++) {
                one.publisher.publish(LATTICE, deployed);
                two.publisher.publish(LATTICE, RecordedStatus.of(record(two), Phase.DEPLOYED));
            }

            publishMarker(two);
            assertThat(types()).containsExactly("deployed");
        }
    }

    @Test
    void anAppThatNeverWasDeployedHasNoStatus() {
        try (var trellis = new Replica(server).serving()) {
            client.put("default", Manifests.app("shop", "v1", 1));

            trellis.publisher.publish(
                    LATTICE, RecordedStatus.of(record(trellis), Phase.UNDEPLOYED));

            publishMarker(trellis);
            assertThat(statuses).isEmpty();
            assertThat(client.ask("default.model.status.shop", "").path("status").path("status"))
                    .hasSize(1);
        }
    }

    @Test
    void anAppPutAgainAfterItsDeletionWasNotUndeployed() {
        try (var trellis = new Replica(server).serving()) {
            deploy();
            trellis.publisher.publish(LATTICE, RecordedStatus.of(record(trellis), Phase.DEPLOYED));
            awaitType("deployed");
            client.ask("default.model.del.shop", "");
            awaitType("undeployed");
            client.put("default", Manifests.app("shop", "v1", 1));

            trellis.publisher.publish(
                    LATTICE, RecordedStatus.of(record(trellis), Phase.UNDEPLOYED));

            publishMarker(trellis);
            assertThat(types()).containsExactly("deployed", "undeployed");
            assertThat(client.ask("default.model.status.shop", "").path("status").path("status"))
                    .hasSize(1);
        }
    }

    @Test
    void aSubjectThatCannotBePublishedHoldsUpNoOther() throws Exception {
        // captures one app's subject only, so that the stream cannot be made
        var _ =
                client.nats
                        .jetStreamManagement()
                        .addStream(
                                StreamConfiguration.builder()
                                        .name("other")
                                        .subjects("wadm.status.default.shop")
                                        .build());
        try (var trellis = new Replica(server).serving()) {
            for (int i = 0; i < 100; i++) {
                client.put("default", Manifests.app("stuck-" + i, "v1", 1));
                client.ask("default.model.deploy.stuck-" + i, "");
                var app = new AppName("stuck-" + i);
                var record = trellis.apps.find(LATTICE, app).orElseThrow().record();
                trellis.publisher.publish(LATTICE, RecordedStatus.of(record, Phase.FAILED));
            }
            deploy();

            trellis.publisher.publish(LATTICE, RecordedStatus.of(record(trellis), Phase.DEPLOYED));

            awaitType("deployed");
        }
    }

    @Test
    void aStreamThatVanishesIsMadeAgainWithTheLastStatusOfEachApp() throws Exception {
        try (var trellis = new Replica(server).serving()) {
            deploy();
            trellis.publisher.publish(LATTICE, RecordedStatus.of(record(trellis), Phase.DEPLOYED));
            awaitType("deployed");
            Replica.await("read", () -> trellis.cache.last("wadm.status.default.shop").isPresent());

            trellis.nats.jetStreamManagement().deleteStream("wadm_status");

            Replica.await("made again", () -> WadmPresenceIT.messages(trellis, "wadm_status") == 1);
            assertThat(client.ask("default.model.list", "").get(0).path("status").asText())
                    .isEqualTo("deployed");
        }
    }

    @Test
    void anAppDeletedWhileDeployedEndsAsUndeployed() {
        try (var trellis = new Replica(server).serving()) {
            deploy();
            trellis.publisher.publish(LATTICE, RecordedStatus.of(record(trellis), Phase.DEPLOYED));
            awaitType("deployed");
            var late = RecordedStatus.of(record(trellis), Phase.RECONCILING);

            client.ask("default.model.del.shop", "");
            awaitType("undeployed");
            trellis.publisher.publish(LATTICE, late);

            publishMarker(trellis);
            assertThat(types()).containsExactly("deployed", "undeployed");
        }
    }

    private void deploy() {
        client.put("default", Manifests.app("shop", "v1", 1));
        client.ask("default.model.deploy.shop", "");
    }

    private static AppRecord record(Replica trellis) {
        return trellis.apps.find(LATTICE, new AppName("shop")).orElseThrow().record();
    }

    /** What another app has to say, after all that was published before. */
    private void publishMarker(Replica trellis) {
        client.put("default", Manifests.app("marker", "v1", 1));
        client.ask("default.model.deploy.marker", "");
        var app = new AppName("marker");
        var record = trellis.apps.find(LATTICE, app).orElseThrow().record();
        AppStatus status = RecordedStatus.of(record, Phase.WAITING);
        trellis.publisher.publish(LATTICE, status);
        Replica.await("marker", () -> trellis.cache.status(LATTICE, app).isPresent());
        for (int i = 0; i < 20; i++) {
            client.ask("default.model.list", "");
        }
    }

    private void awaitType(String type) {
        Replica.await(
                type + " after " + types(),
                () -> !statuses.isEmpty() && types().getLast().equals(type));
    }

    private List<String> types() {
        return statuses.stream().map(s -> s.at("/status/type").asText()).toList();
    }
}
