package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.api.store.Document;
import dev.trellis.api.store.Precondition;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ParseResult;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether another wadm is there, and what follows from it. */
final class WadmPresenceIT {
    private static final LatticeName LATTICE = new LatticeName("default");

    private final NatsServer server = NatsServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void trap31WhereAWadmAnswersNothingIsServedAndNothingBegun() throws Exception {
        try (var wadm = new FakeWadm(server);
                var trellis = new Replica(server);
                var client = new Client(server)) {
            Replica.await("passive", trellis.presence::isPassive);
            var begun = new AtomicInteger();
            trellis.presence.whenActive(begun::incrementAndGet);
            int before = wadm.asked.get();

            for (int i = 0; i < 20; i++) {
                var answer = client.send("default.model.list", new byte[0], Map.of()).join();
                assertThat(answer.hasHeaders()).isFalse();
            }

            assertThat(wadm.asked.get()).isEqualTo(before + 20);
            assertThat(begun).hasValue(0);
            assertThat(trellis.api.serves()).isFalse();
            Replica.await("says why", () -> trellis.api.why().contains("passive"));
        }
    }

    @Test
    void whilePassiveNeitherEventsNorStatusesArePublishedAndTheLastStatusComesAfterwards()
            throws Exception {
        try (var _ = new FakeWadm(server);
                var trellis = new Replica(server)) {
            Replica.await("passive", trellis.presence::isPassive);
            var app = stored(trellis, "shop");
            var _ =
                    trellis.apps.deploy(
                            LATTICE, new AppName("shop"), Optional.empty(), false, none());
            var record = trellis.apps.find(LATTICE, new AppName("shop")).orElseThrow().record();
            trellis.publisher.publish(LATTICE, RecordedStatus.of(record, Phase.WAITING));
            trellis.publisher.publish(LATTICE, RecordedStatus.of(record, Phase.DEPLOYED));

            assertThat(messages(trellis, "wadm_events")).isZero();
            assertThat(messages(trellis, "wadm_status")).isZero();

            trellis.presence.end();

            Replica.await("one status", () -> messages(trellis, "wadm_status") == 1);
            assertThat(trellis.presence.isPassive()).isFalse();
            assertThat(app).isEqualTo("shop");
        }
    }

    @Test
    void whoIsToldToTakeOverServesAndTellsTheOtherProcesses() {
        var wadm = new FakeWadm(server);
        try (var one = new Replica(server);
                var two = new Replica(server);
                var client = new Client(server)) {
            Replica.await("passive", () -> one.presence.isPassive() && two.presence.isPassive());
            var begun = new AtomicInteger();
            one.presence.whenActive(begun::incrementAndGet);
            two.presence.whenActive(begun::incrementAndGet);
            wadm.close();

            one.presence.end();
            one.presence.end();

            Replica.await("both serve", () -> one.api.serves() && two.api.serves());
            assertThat(begun).hasValue(2);
            assertThat(client.ask("default.model.list", "")).isEmpty();
        }
    }

    @Test
    void theSettingTakeoverActsAtOnce() {
        var quick = Replica.QUICK;
        var takeover =
                new WadmSettings(
                        quick.account(),
                        quick.prefix(),
                        true,
                        quick.replicas(),
                        quick.inFlight(),
                        quick.waiting(),
                        quick.askTimeout(),
                        quick.lookEvery(),
                        quick.giveUpAfter());
        try (var wadm = new FakeWadm(server);
                var trellis = new Replica(server, takeover).serving()) {
            assertThat(trellis.presence.isPassive()).isFalse();
            assertThat(wadm.asked).hasValue(0);
        }
    }

    @Test
    void anotherTrellisIsNoReasonToBePassive() {
        try (var _ = new Replica(server).serving();
                var second = new Replica(server).serving()) {
            assertThat(second.presence.isPassive()).isFalse();
        }
    }

    @Test
    void aWadmThatComesLaterChangesNothing() {
        try (var trellis = new Replica(server).serving();
                var _ = new FakeWadm(server)) {
            assertThat(trellis.presence.isPassive()).isFalse();
            assertThat(trellis.api.serves()).isTrue();
        }
    }

    private static Precondition none() {
        return Precondition.NONE;
    }

    private static String stored(Replica trellis, String name) {
        var text = Manifests.app(name, "v1", 1);
        var _ =
                trellis.apps.put(
                        LATTICE,
                        manifest(text),
                        new Document(text, "application/yaml"),
                        none(),
                        "test");
        return name;
    }

    static Manifest manifest(String yaml) {
        return switch (ManifestReader.read(yaml.getBytes(StandardCharsets.UTF_8), Format.YAML)) {
            case ParseResult.Accepted(var manifest, var _) -> manifest;
            case ParseResult.Refused(var problems) ->
                    throw new IllegalArgumentException(problems.toString());
        };
    }

    static long messages(Replica trellis, String stream) {
        try {
            return trellis.nats
                    .jetStreamManagement()
                    .getStreamInfo(stream)
                    .getStreamState()
                    .getMsgCount();
        } catch (JetStreamApiException absent) {
            return 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
