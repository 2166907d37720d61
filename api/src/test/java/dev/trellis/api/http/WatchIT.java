package dev.trellis.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.api.store.AppRepository;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.History;
import dev.trellis.scheduler.port.StatusSink;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Server-sent events of an app and of a lattice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WatchIT {
    private static final AppName SHOP = new AppName("shop");

    private final NatsServer server = NatsServer.start();
    private final HttpApi api = new HttpApi(server);

    @AfterAll
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void theCurrentStatusComesFirstAndThenOneOnEachChange() throws Exception {
        var path = app("status");
        assertThat(api.post(path + "/deploy", "").status()).isEqualTo(202);
        api.owner.statuses.put(SHOP, Seen.status(Phase.RECONCILING, "v1"));

        try (var events = api.events(path + "/watch")) {
            var first = events.next("status");
            assertThat(first.id()).isEmpty();
            assertThat(first.json().path("phase").asText()).isEqualTo("Reconciling");

            api.owner.statuses.put(SHOP, Seen.status(Phase.DEPLOYED, "v1"));
            publish("status", Phase.DEPLOYED);
            assertThat(events.next("status").json().path("phase").asText()).isEqualTo("Deployed");
        }
    }

    @Test
    void whatIsInTheHistoryComesWithItsSequenceAndGoesOnAfterTheLastOneThatIsKnown()
            throws Exception {
        var path = app("resume");
        String last;
        try (var events = api.events(path + "/watch")) {
            assertThat(events.next("status").json().path("app").asText()).isEqualTo("shop");
            append("resume", "one");
            var one = events.next("command");
            assertThat(one.json().path("message").asText()).isEqualTo("one");
            assertThat(one.json().path("seq").asText()).isEqualTo(one.id());
            last = one.id();
        }
        append("resume", "two");
        append("resume", "three");

        try (var events = api.events(path + "/watch", "Last-Event-ID", last)) {
            assertThat(events.next("command").json().path("message").asText()).isEqualTo("two");
            assertThat(events.next("command").json().path("message").asText()).isEqualTo("three");
        }
    }

    @Test
    void whereWhatFollowsIsNoLongerKeptTheFirstEventIsAReset() throws Exception {
        var path = app("reset");

        try (var events = api.events(path + "/watch", "Last-Event-ID", "999999999")) {
            assertThat(events.next("reset").json()).isEmpty();
            append("reset", "after");
            assertThat(events.next("command").json().path("message").asText()).isEqualTo("after");
        }
        try (var events = api.events(path + "/watch", "Last-Event-ID", "nonsense")) {
            assertThat(events.next("reset").json()).isEmpty();
        }
    }

    @Test
    void aLatticeIsWatchedWithAllItsAppsAndTheOthersAreNot() throws Exception {
        var path = app("whole");
        var _ = app("elsewhere");
        await(() -> api.get("/api/v1/lattices/whole/apps").body().contains("shop"));

        try (var events = api.events("/api/v1/lattices/whole/watch")) {
            assertThat(events.next("status").json().path("name").asText()).isEqualTo("shop");
            append("elsewhere", "not here");
            append("whole", "here");
            assertThat(events.next("command").json().path("message").asText()).isEqualTo("here");

            assertThat(api.post("/api/v1/lattices/whole/hold", "").status()).isEqualTo(200);
            assertThat(events.next("event").json().path("message").asText()).isEqualTo("hold");
            assertThat(api.delete(path).status()).isEqualTo(200);
            assertThat(events.next("status").json().path("deleted").asBoolean()).isTrue();
        }
    }

    @Test
    void aClientThatGoesAwayLeavesNothingBehind() throws Exception {
        var path = app("gone");
        var meters = api.context.getBean(MeterRegistry.class);
        try (var events = api.events(path + "/watch")) {
            assertThat(events.next("status").json().path("app").asText()).isEqualTo("shop");
            assertThat(meters.get("trellis.watches").gauge().value()).isPositive();
        }
        // noticed when something is written next
        await(() -> {
            append("gone", "look");
            return meters.get("trellis.watches").gauge().value() == 0;
        });
        await(() -> consumers() == 0);
    }

    @Test
    void anAppThatIsNotThereCantBeWatched() {
        assertThat(api.get("/api/v1/lattices/gone/apps/none/watch").status()).isEqualTo(404);
    }

    private long consumers() {
        try {
            return api.nats
                    .jetStreamManagement()
                    .getStreamInfo("trellis_history")
                    .getStreamState()
                    .getConsumerCount();
        } catch (Exception away) {
            throw new AssertionError(away);
        }
    }

    private String app(String lattice) {
        api.owner.owned.add(new LatticeName(lattice));
        api.owner.statuses.put(SHOP, Seen.status(Phase.RECONCILING, "v1"));
        var path = "/api/v1/lattices/" + lattice + "/apps/shop";
        assertThat(api.put(path, Yaml.app("shop", "v1", 1)).status()).isEqualTo(201);
        await(() -> api.get(path + "/history").body().contains("put v1"));
        return path;
    }

    private void publish(String lattice, Phase phase) {
        var uid =
                api.context
                        .getBean(AppRepository.class)
                        .find(new LatticeName(lattice), SHOP)
                        .orElseThrow()
                        .record()
                        .uid();
        api.context
                .getBean(StatusSink.class)
                .publish(new LatticeName(lattice), Seen.status(phase, "v1", uid));
    }

    private void append(String lattice, String message) {
        api.context
                .getBean(History.class)
                .append(
                        new LatticeName(lattice),
                        Optional.of(SHOP),
                        History.Entry.of(Instant.now(), History.Kind.COMMAND, "Missing", message));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 30 s");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
