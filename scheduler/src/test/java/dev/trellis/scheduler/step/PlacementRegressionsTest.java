package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.provider;
import static dev.trellis.scheduler.step.Manifests.scaler;
import static dev.trellis.scheduler.step.Manifests.where;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.manifest.Trait;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where things run and whose they are: what wadm once got wrong, by its id in the list of it. */
final class PlacementRegressionsTest {
    private static final WorkloadId API = new WorkloadId("shop-api");
    private static final WorkloadId HTTP = new WorkloadId("shop-http");
    private static final Map<String, String> OTHERS =
            Map.of("wasmcloud.dev/managed-by", "wadm", "wasmcloud.dev/appspec", "other");

    private final World world = new World(31);

    PlacementRegressionsTest() {
        world.begin();
    }

    @CanIgnoreReturnValue
    private FakeHost host(String id, String zone) {
        return world.host(id, Map.of("zone", zone));
    }

    private void api(Trait scaler) {
        world.deploy(app("shop").with(component("api", "reg/api:1", scaler)).build());
        world.run(Duration.ofSeconds(1));
    }

    private int on(String host, WorkloadId id) {
        return Objects.requireNonNull(world.hosts.get(new HostId(host))).instances(id);
    }

    private static Running others(WorkloadKind kind, int instances) {
        return new Running(kind, "reg/theirs:1", new TreeMap<>(OTHERS), instances);
    }

    @Test
    @DisplayName("A31: without a spread every host is eligible, under the default spread")
    void a31WithoutASpreadEveryHostIsEligible() {
        host("N1", "a");
        host("N2", "b");
        world.host("N3");
        api(instances(3));
        world.converge(Duration.ofMinutes(1));

        for (var id : world.hosts.keySet()) {
            assertThat(on(id.value(), API)).as(id.value()).isEqualTo(1);
        }
        assertThat(world.status("shop").components().getFirst().spreads())
                .containsExactly(new AppStatus.SpreadStatus("default", 3, 3));
    }

    @Test
    @DisplayName("A32: from a host that lost a required label, what is ours goes at its heartbeat")
    void a32WhatIsOursLeavesAHostThatLostItsLabel() {
        var one = host("N1", "a");
        host("N2", "a");
        var theirs = new WorkloadId("other-api");
        one.put(theirs, others(WorkloadKind.COMPONENT, 3), List.of());
        api(scaler(4, where("near", "zone", "a", 100)));
        world.converge(Duration.ofMinutes(1));
        assertThat(on("N1", API)).isEqualTo(2);

        one.labels = new TreeMap<>();
        world.publish(new LatticeEvent.HostHeartbeat(one.inventory(world.now)));
        world.run(Duration.ofSeconds(2));
        world.converge(Duration.ofMinutes(1));

        assertThat(on("N1", API)).isZero();
        assertThat(on("N2", API)).isEqualTo(4);
        assertThat(on("N1", theirs)).isEqualTo(3);
    }

    @Test
    @DisplayName("A33: a provider id that runs for somebody else is not started")
    void a33AProviderThatRunsForSomebodyElseIsNotStarted() {
        world.host("N1").put(HTTP, others(WorkloadKind.PROVIDER, 1), List.of());
        world.run(Duration.ofSeconds(31));
        world.deploy(app("shop").with(provider("http", "reg/http:1", instances(1))).build());
        world.run(Duration.ofMinutes(3));

        assertThat(world.sent).isEmpty();
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("shop").message()).contains("another manager or app", "N1");
    }

    @Test
    @DisplayName("A34: more than is wanted, none of it ours, is neither stopped nor fought over")
    void a34SurplusOfOthersIsNotStopped() {
        for (var id : List.of("N1", "N2")) {
            world.host(id).put(API, others(WorkloadKind.COMPONENT, 5), List.of());
        }
        world.run(Duration.ofSeconds(31));
        api(instances(2));
        world.run(Duration.ofMinutes(10));

        assertThat(world.sent).isEmpty();
        assertThat(world.instances("shop-api")).isEqualTo(10);
    }

    @Test
    @DisplayName(
            "A36: a provider daemon without more is on every host, a late one too, then on none")
    void a36AProviderDaemonFollowsTheHosts() {
        world.host("N1");
        world.host("N2");
        world.deploy(app("shop").with(provider("http", "reg/http:1", daemon(1))).build());
        world.converge(Duration.ofMinutes(1));
        assertThat(world.instances("shop-http")).isEqualTo(2);

        world.host("N3");
        world.run(Duration.ofSeconds(5));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.instances("shop-http")).isEqualTo(3);

        world.undeploy("shop");
        world.converge(Duration.ofMinutes(1));
        assertThat(world.instances("shop-http")).isZero();
    }

    @Test
    @DisplayName("A60: of two spreads the one that fits nowhere is named, and the other is served")
    void a60OneOfTwoSpreadsIsServedAndTheOtherIsNamed() {
        host("N1", "a");
        api(scaler(4, where("near", "zone", "a", 50), where("distant", "zone", "z", 50)));
        world.run(Duration.ofSeconds(5));

        assertThat(world.instances("shop-api")).isEqualTo(2);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("shop").message()).contains("distant").doesNotContain("near");
        assertThat(world.status("shop").components().getFirst().spreads())
                .containsExactly(
                        new AppStatus.SpreadStatus("near", 2, 2),
                        new AppStatus.SpreadStatus("distant", 2, 0));
    }

    @Test
    @DisplayName("B12: for an hour a hundred idle hosts and fifty apps cost nothing but pings")
    void b12AnIdleLatticeCostsNothingButPings() {
        for (int i = 0; i < 100; i++) {
            world.host("N" + (100 + i));
        }
        for (int i = 0; i < 50; i++) {
            world.deploy(
                    app("app" + i).with(component("api", "reg/api:" + i, instances(10))).build());
        }
        world.converge(Duration.ofMinutes(5));
        world.run(Duration.ofMinutes(2));
        world.effects.clear();
        world.run(Duration.ofHours(1));

        assertThat(world.effects)
                .allMatch(effect -> effect instanceof Effect.Ping)
                .hasSizeBetween(1_790, 1_801);
    }

    @Test
    @DisplayName("B13: a host whose heartbeat is too large is kept for as long as it answers")
    void b13AHostWithoutHeartbeatsIsKeptWhileItAnswers() {
        var large = world.host("N1");
        world.host("N2");
        api(instances(2));
        world.converge(Duration.ofMinutes(1));
        int sent = world.sent.size();

        large.heartbeatTooLarge = true;
        large.deafToPings = true;
        world.run(Duration.ofMinutes(10));

        assertThat(world.core.hostIds()).contains(large.id);
        assertThat(world.sent).hasSize(sent);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    @DisplayName("C08: what others run under our id on an ineligible host is not stopped")
    void c08WhatOthersRunOnAnIneligibleHostStays() {
        host("N1", "a");
        host("N2", "b").put(API, others(WorkloadKind.COMPONENT, 4), List.of());
        world.run(Duration.ofSeconds(31));
        api(scaler(2, where("near", "zone", "a", 100)));
        world.run(Duration.ofMinutes(3));
        assertThat(on("N1", API)).isEqualTo(2);
        assertThat(on("N2", API)).isEqualTo(4);

        world.undeploy("shop");
        world.run(Duration.ofMinutes(1));
        assertThat(on("N1", API)).isZero();
        assertThat(on("N2", API)).isEqualTo(4);
    }

    @Test
    @DisplayName("C09: a host that may hold nothing more and is silent holds up nobody")
    void c09ASilentIneligibleHostHoldsUpNobody() {
        var silent = host("N1", "a");
        host("N2", "a");
        api(scaler(4, where("near", "zone", "a", 100)));
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofSeconds(5));

        world.hang("N1", true);
        world.publish(new LatticeEvent.LabelsChanged(silent.id, new TreeMap<>()));
        world.run(Duration.ofSeconds(5));

        assertThat(world.core.hostIds()).contains(silent.id);
        assertThat(on("N2", API)).isEqualTo(4);
    }

    @Test
    @DisplayName("C30: one component that is wanted nowhere does not make the app undeployed")
    void c30OneThingWantedNowhereDoesNotUndeployTheApp() {
        world.host("N1");
        world.deploy(
                app("shop")
                        .with(component("idle", "reg/idle:1"))
                        .with(component("api", "reg/api:1", instances(1)))
                        .build());
        world.converge(Duration.ofMinutes(1));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(world.instances("shop-idle")).isZero();
    }
}
