package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.provider;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Failures, late events and restarts: what wadm once got wrong, by its id in the list of it. */
final class FailureRegressionsTest {
    private static final AppName SHOP = new AppName("shop");
    private static final WorkloadId API = new WorkloadId("shop-api");
    private static final WorkloadId HTTP = new WorkloadId("shop-http");
    private static final World.Faults STORE_AWAY = new World.Faults(0, 0, 0, 100);

    private final World world = new World(41);
    private final FakeHost host;

    FailureRegressionsTest() {
        world.begin();
        host = world.host("N1");
    }

    private static Manifest api(int instances) {
        return app("shop").with(component("api", "reg/api:1", instances(instances))).build();
    }

    /** A component with a config and a provider that links to it with another. */
    private static Manifest whole() {
        return app("shop")
                .with(component("api", "reg/api:1", List.of(config("c", "k", "v")), instances(2)))
                .with(
                        provider(
                                "http",
                                "reg/http:1",
                                instances(1),
                                link("api", config("p", "k", "v"))))
                .build();
    }

    private void assertNothingIsLeft() {
        assertThat(host.entries).isEmpty();
        assertThat(world.links).isEmpty();
        assertThat(world.configs).isEmpty();
        assertThat(world.owned).isEmpty();
    }

    private Optional<AppStatus.LastError> error(String app, int component) {
        return world.status(app).components().get(component).lastError();
    }

    private List<Command.OnHost> sentTo(WorkloadId id) {
        return world.sent.stream()
                .map(World.Sent::command)
                .filter(Command.OnHost.class::isInstance)
                .map(Command.OnHost.class::cast)
                .filter(command -> command.id().equals(id))
                .toList();
    }

    /** Until a retry is a while off. */
    @CanIgnoreReturnValue
    private Duration untilRetry(String app, int component) {
        for (int i = 0; i < 100; i++) {
            world.run(Duration.ofSeconds(3));
            var retry = error(app, component).flatMap(AppStatus.LastError::nextRetry);
            if (retry.isPresent() && retry.get().isAfter(world.now.plusSeconds(10))) {
                return Duration.between(world.now, retry.get());
            }
        }
        throw new AssertionError("no retry to wait for: " + world.describe());
    }

    @Test
    @DisplayName(
            "A21: a failed start is told with its message, and nothing goes out until its retry")
    void a21AFailedStartIsToldAndWaits() {
        world.badImages.add("reg/api:1");
        world.deploy(api(1));
        var wait = untilRetry("shop", 0);
        int sent = world.sent.size();

        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("shop").message()).contains("cannot start reg/api:1");
        world.run(wait.minusMillis(10));
        assertThat(world.sent).hasSize(sent);
        world.run(Duration.ofSeconds(1));
        assertThat(world.sent).hasSize(sent + 1);
    }

    @Test
    @DisplayName(
            "A22: while one component waits for its retry, another of the app is put right at once")
    void a22OneThatWaitsDelaysNoOther() {
        world.badImages.add("reg/bad:1");
        world.deploy(
                app("shop")
                        .with(component("bad", "reg/bad:1", instances(1)))
                        .with(component("api", "reg/api:1", instances(2)))
                        .build());
        untilRetry("shop", 0);
        int sent = sentTo(new WorkloadId("shop-bad")).size();

        host.entries.remove(API);
        world.publish(new LatticeEvent.ComponentScaled(host.id, API, Optional.empty()));
        world.run(Duration.ofSeconds(1));

        assertThat(host.instances(API)).isEqualTo(2);
        assertThat(sentTo(new WorkloadId("shop-bad"))).hasSize(sent);
    }

    @Test
    @DisplayName("A23: a look that finds nothing to do publishes nothing")
    void a23ALookThatFindsNothingToDoPublishesNothing() {
        world.deploy(whole());
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofMinutes(1));
        world.effects.clear();

        var same = Objects.requireNonNull(host.entries.get(API)).running();
        world.publish(new LatticeEvent.ComponentScaled(host.id, API, Optional.of(same)));
        world.publish(new LatticeEvent.ConfigSet("shop-c"));
        world.publish(new LatticeEvent.LabelsChanged(host.id, host.labels));
        world.run(Duration.ofSeconds(20));

        assertThat(world.effects)
                .noneMatch(e -> e instanceof Effect.Publish || e instanceof Effect.Send);
    }

    @Test
    @DisplayName("A62: ill health shows until it passes, and restarts nothing")
    void a62IllHealthShowsUntilItPassesAndRestartsNothing() {
        world.deploy(whole());
        world.converge(Duration.ofMinutes(1));
        int sent = world.sent.size();

        world.publish(new LatticeEvent.ProviderHealth(host.id, HTTP, false));
        world.run(Duration.ofSeconds(2));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.UNHEALTHY);

        world.publish(new LatticeEvent.ProviderHealth(host.id, HTTP, true));
        world.run(Duration.ofSeconds(2));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(world.sent).hasSize(sent);
    }

    @Test
    @DisplayName("A63: late events bring no other status back once an app is undeployed")
    void a63LateEventsDoNotTurnTheStatusBack() {
        world.startMillis = 4_000;
        world.deploy(whole());
        world.run(Duration.ofMillis(1_500));
        assertThat(sentTo(HTTP)).as("its start is still on its way").hasSize(1);
        assertThat(host.entries).doesNotContainKey(HTTP);
        world.undeploy("shop");
        world.run(Duration.ofMillis(100));
        var said = Objects.requireNonNull(world.statuses.get(SHOP));
        assertThat(said.getLast().phase()).isEqualTo(Phase.UNDEPLOYED);
        int before = said.size();

        world.publish(new LatticeEvent.ConfigSet("shop-c"));
        world.run(Duration.ofMinutes(1));
        assertNothingIsLeft();
        var late = new Running(WorkloadKind.PROVIDER, "reg/http:1", new TreeMap<>(), 1);
        world.publish(new LatticeEvent.ProviderStarted(host.id, HTTP, late));
        world.publish(new LatticeEvent.StartFailed(host.id, API, "too late"));
        world.run(Duration.ofMinutes(2));

        assertThat(said.subList(before, said.size()))
                .allMatch(status -> status.phase() == Phase.UNDEPLOYED);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.UNDEPLOYED);
    }

    @Test
    @DisplayName("B07: twenty apps of a registry that refuses cost few attempts, and say the next")
    void b07ARegistryThatRefusesIsAskedLessAndLess() {
        world.badImages.add("reg/private:1");
        for (int i = 0; i < 20; i++) {
            world.deploy(
                    app("app" + i).with(component("api", "reg/private:1", instances(1))).build());
        }
        world.run(Duration.ofMinutes(10));

        for (int i = 0; i < 20; i++) {
            assertThat(sentTo(new WorkloadId("app" + i + "-api")))
                    .as("log2 of 600 seconds is 9.2")
                    .hasSizeBetween(2, 9);
            assertThat(error("app" + i, 0).orElseThrow().nextRetry()).isPresent();
        }
    }

    @Test
    @DisplayName("C01: an undeploy while the store is away cleans all up once it is back")
    void c01AnUndeployWhileTheStoreIsAwayCleansAllUp() {
        world.deploy(whole());
        world.converge(Duration.ofMinutes(1));

        world.faults = STORE_AWAY;
        world.undeploy("shop");
        world.run(Duration.ofSeconds(5));
        world.faults = World.Faults.NONE;
        world.converge(Duration.ofMinutes(2));

        assertNothingIsLeft();
    }

    @Test
    @DisplayName("C02: a version whose first reading failed still cleans up after the one before")
    void c02AVersionThatWasReadLateCleansUpAfterTheOneBefore() {
        world.deploy(whole());
        world.converge(Duration.ofMinutes(1));

        world.faults = STORE_AWAY;
        world.deploy(api(2));
        world.run(Duration.ofSeconds(5));
        world.faults = World.Faults.NONE;
        world.input(0, new Input.AppStored(Objects.requireNonNull(world.records.get(SHOP))));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(2));
        world.run(Duration.ofSeconds(5));

        assertThat(host.entries).containsOnlyKeys(API);
        assertThat(world.links).isEmpty();
        assertThat(world.configs).isEmpty();
    }

    @Test
    @DisplayName("C10: ten were ordered, so a word of three is not the end of it")
    void c10AnotherCountThanOrderedIsNotTheEndOfIt() {
        world.startMillis = 1;
        world.run(Duration.ofSeconds(1));
        world.startMillis = 10_000;
        world.deploy(api(10));
        world.run(Duration.ofMillis(100));
        var order = (Command.Scale) sentTo(API).getFirst();
        assertThat(order.count()).isEqualTo(10);
        var three = new Running(WorkloadKind.COMPONENT, "reg/api:1", order.annotations(), 3);

        world.publish(new LatticeEvent.ComponentScaled(host.id, API, Optional.of(three)));
        world.run(Duration.ofMillis(200));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.RECONCILING);
        assertThat(world.status("shop").components().getFirst().running()).isEqualTo(3);

        world.converge(Duration.ofMinutes(1));
        assertThat(host.instances(API)).isEqualTo(10);
    }

    @Test
    @DisplayName("C21: an owner that died before it acted leaves the clean-up to the next one")
    void c21TheNextOwnerRemovesWhatIsOwnedAndNoOrphan() {
        for (boolean deleted : List.of(false, true)) {
            var other = new World(deleted ? 42 : 43);
            other.begin();
            var there = other.host("N1");
            other.deploy(whole());
            other.converge(Duration.ofMinutes(1));
            var orphan = new WorkloadId("lost-thing");
            var ours =
                    Map.of("wasmcloud.dev/managed-by", "trellis", "trellis/manager", World.MANAGER);
            there.put(
                    orphan,
                    new Running(WorkloadKind.COMPONENT, "reg/lost:1", new TreeMap<>(ours), 1),
                    List.of());

            if (deleted) {
                other.delete("shop");
            } else {
                other.undeploy("shop");
            }
            other.restartCore();
            other.run(Duration.ofSeconds(10));
            other.converge(Duration.ofMinutes(1));
            other.run(Duration.ofMinutes(1));

            assertThat(there.entries).containsOnlyKeys(orphan);
            assertThat(other.owned).isEmpty();
            assertThat(other.links).isEmpty();
            assertThat(other.configs).isEmpty();
            assertThat(other.core.hosts().getFirst().orphans()).containsExactly(orphan);
        }
    }

    @Test
    @DisplayName("C23: an event that is quicker than the answer to its command ends the wait")
    void c23AnEventQuickerThanTheAnswerEndsTheWait() {
        world.run(Duration.ofSeconds(5));
        world.faults = new World.Faults(0, 0, 100, 0); // commands are answered after 2 s
        world.deploy(api(1));
        world.run(Duration.ofMillis(500));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);

        world.deploy(api(5));
        world.run(Duration.ofMillis(500));
        assertThat(host.instances(API)).isEqualTo(5);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(world.sent).hasSize(2);
    }

    @Test
    @DisplayName("C24: a config that a host fails to read is unknown, and not put again")
    void c24AConfigThatCannotBeReadIsNotPutAgain() {
        world.deploy(whole());
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofMinutes(1));
        int sent = world.sent.size();

        world.configsUnanswered = true;
        world.publish(new LatticeEvent.ConfigSet("shop-c"));
        world.run(Duration.ofMinutes(1));
        world.restartCore();
        world.run(Duration.ofMinutes(1));
        assertThat(world.sent).hasSize(sent);

        world.configsUnanswered = false;
        world.converge(Duration.ofMinutes(1));
        assertThat(world.sent).hasSize(sent);
    }
}
