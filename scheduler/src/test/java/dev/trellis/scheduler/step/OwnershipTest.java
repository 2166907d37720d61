package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.external;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.provider;
import static dev.trellis.scheduler.step.Manifests.withId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Component;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whose a workload is decides whether it may be stopped. */
final class OwnershipTest {
    private static final WorkloadId API = new WorkloadId("shop-api");

    private static Running of(Map<String, String> annotations, int instances) {
        return new Running(
                WorkloadKind.COMPONENT, "reg/api:1", new TreeMap<>(annotations), instances);
    }

    private static World deployed(int instances) {
        var world = new World(7);
        world.begin();
        world.host("N1");
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(instances))).build());
        world.converge(Duration.ofMinutes(1));
        return world;
    }

    @Test
    @DisplayName("A38: a persons scale is put right")
    void aPersonsScaleIsPutRight() {
        var world = deployed(2);
        var host = world.hosts.firstEntry().getValue();
        host.put(API, of(Map.of(), 9), List.of());
        world.publish(new LatticeEvent.HostHeartbeat(host.inventory(world.now)));
        world.run(Duration.ofSeconds(2));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.instances("shop-api")).isEqualTo(2);
    }

    @Test
    @DisplayName("A38, C08: another managers entry stays when the app goes")
    void anotherManagersEntryStaysWhenTheAppGoes() {
        var world = deployed(2);
        var other = world.host("N2");
        var theirs =
                of(Map.of("wasmcloud.dev/managed-by", "wadm", "wasmcloud.dev/appspec", "x"), 4);
        other.put(API, theirs, List.of());
        world.run(Duration.ofSeconds(31));
        world.undeploy("shop");
        world.converge(Duration.ofMinutes(1));
        assertThat(world.instances("shop-api")).isEqualTo(4);
        assertThat(world.hosts.firstEntry().getValue().entries).isEmpty();
    }

    @Test
    void anOrphanIsReportedAndNeverStopped() {
        var world = deployed(1);
        var host = world.hosts.firstEntry().getValue();
        var says = Map.of("wasmcloud.dev/managed-by", "trellis", "trellis/manager", World.MANAGER);
        host.put(new WorkloadId("lost-thing"), of(says, 1), List.of());
        int sent = world.sent.size();
        world.run(Duration.ofMinutes(2));
        assertThat(world.core.overview(Duration.ZERO).orphans()).isEqualTo(1);
        assertThat(world.core.hosts().getFirst().orphans()).contains(new WorkloadId("lost-thing"));
        assertThat(world.sent).hasSize(sent);
    }

    @Test
    void anOrphanedAppIsLeftRunningAndBelongsToNobody() {
        var world = new World(17);
        world.begin();
        world.host("N1");
        var shop =
                app("shop")
                        .with(component("api", "reg/api:1", instances(2)))
                        .with(
                                provider(
                                        "http",
                                        "reg/http:1",
                                        instances(1),
                                        link("api", config("p", "k", "v"))))
                        .build();
        world.deploy(shop);
        world.converge(Duration.ofMinutes(1));
        int sent = world.sent.size();
        world.orphan("shop");
        world.run(Duration.ofMinutes(2));
        assertThat(world.sent).hasSize(sent);
        assertThat(world.owned).isEmpty();
        assertThat(world.links).hasSize(1);
        assertThat(world.configs).containsOnlyKeys("shop-p");
        assertThat(world.core.hosts().getFirst().orphans())
                .containsExactlyInAnyOrder(API, new WorkloadId("shop-http"));
        assertThat(world.status("shop").conditions().getFirst().reason()).isEqualTo("Orphaned");

        world.restartCore();
        world.delete("shop");
        world.run(Duration.ofMinutes(1));
        assertThat(world.sent).hasSize(sent);

        world.deploy(shop);
        world.converge(Duration.ofMinutes(1));
        assertThat(world.sent).as("taken up again as it runs").hasSize(sent);
        assertThat(world.core.overview(Duration.ZERO).orphans()).isZero();
    }

    @Test
    void anIdThatOneAppGivesUpAndAnotherTakesIsStoppedThereAndStartedHere() {
        var world = deployed(2);
        world.deploy(app("shop").with(component("web", "reg/web:1", instances(1))).build());
        world.deploy(
                app("late")
                        .with(withId("shop-api", component("api", "reg/api:2", instances(3))))
                        .build());
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.hosts.firstEntry().getValue().entries.get(API))
                .extracting(FakeHost.Entry::bytes)
                .isEqualTo("reg/api:2");
        world.run(Duration.ofSeconds(5));
        assertThat(world.owned.values())
                .extracting(Owned::components)
                .contains(new TreeSet<>(List.of(new WorkloadId("shop-web"))))
                .hasSize(2);
    }

    @Test
    @DisplayName("A74: of an undeployed app no later event makes anybody act")
    void anUndeployedAppReactsToNothing() {
        for (boolean workloads : List.of(true, false)) {
            var world = new World(18);
            world.begin();
            world.host("N1");
            var shop = app("shop");
            if (workloads) {
                shop.with(component("api", "reg/api:1", instances(1)));
            }
            world.deploy(shop.build());
            world.run(Duration.ofSeconds(10));
            world.undeploy("shop");
            world.converge(Duration.ofMinutes(1));
            int sent = world.sent.size();
            var theirs = of(Map.of("wasmcloud.dev/appspec", "shop"), 3);
            world.hosts.firstEntry().getValue().put(API, theirs, List.of());
            world.publish(
                    new LatticeEvent.ComponentScaled(new HostId("N1"), API, Optional.of(theirs)));
            world.publish(new LatticeEvent.ConfigSet("shop-c"));
            world.run(Duration.ofMinutes(2));
            assertThat(world.sent).hasSize(sent);
            assertThat(world.status("shop").phase()).isEqualTo(Phase.UNDEPLOYED);
        }
    }

    @Test
    void undeployLeavesNothingAlsoWhenTheAppIsDeleted() {
        for (boolean delete : List.of(true, false)) {
            var world = new World(11);
            world.begin();
            world.host("N1");
            world.deploy(
                    app("shop")
                            .with(
                                    component(
                                            "api",
                                            "reg/api:1",
                                            List.of(config("c", "k", "v")),
                                            instances(1)))
                            .with(
                                    provider(
                                            "http",
                                            "wasmcloud+builtin://http-server",
                                            daemon(1),
                                            link("api", config("p", "k", "v"))))
                            .build());
            world.converge(Duration.ofMinutes(1));
            if (delete) {
                world.delete("shop");
            } else {
                world.undeploy("shop");
            }
            world.converge(Duration.ofMinutes(1));
            world.run(Duration.ofSeconds(5));
            assertThat(world.links).isEmpty();
            assertThat(world.configs).isEmpty();
            assertThat(world.owned).isEmpty();
            assertThat(world.hosts.firstEntry().getValue().entries).isEmpty();
        }
    }

    @Test
    void anExternalConfigIsNeverPutNorDeleted() {
        var world = new World(12);
        world.begin();
        world.configs.put("theirs", new TreeMap<>(Map.of("a", "b")));
        world.host("N1");
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        List.of(external("theirs")),
                                        instances(1)))
                        .build());
        world.converge(Duration.ofMinutes(1));
        world.undeploy("shop");
        world.converge(Duration.ofMinutes(1));
        assertThat(world.configs).containsOnlyKeys("theirs");
    }

    @Test
    void onAHostTheTargetOfALinkStartsFirstAndStopsLast() {
        var world = new World(13);
        world.begin();
        world.host("N1");
        world.deploy(
                app("shop")
                        .with(
                                provider(
                                        "http",
                                        "wasmcloud+builtin://http-server",
                                        daemon(1),
                                        link("api")))
                        .with(component("api", "reg/api:1", instances(1), link("store")))
                        .with(provider("store", "reg/store:1", instances(1)))
                        .build());
        world.converge(Duration.ofMinutes(1));
        world.undeploy("shop");
        world.converge(Duration.ofMinutes(1));
        var order =
                world.sent.stream()
                        .filter(s -> s.command() instanceof Command.OnHost)
                        .map(s -> ((Command.OnHost) s.command()).id().value())
                        .toList();
        assertThat(order)
                .containsExactly(
                        "shop-store",
                        "shop-api",
                        "shop-http",
                        "shop-http",
                        "shop-api",
                        "shop-store");
    }

    @Test
    void ofTwoAppsThatClaimOneIdTheOlderHasItAndTheOtherSaysWho() {
        var world = deployed(2);
        world.run(Duration.ofSeconds(1));
        var claimed = component("api", "reg/other:1", instances(1));
        world.deploy(
                app("late")
                        .with(
                                new Component(
                                        claimed.name(),
                                        claimed.kind(),
                                        claimed.source(),
                                        Optional.of("shop-api"),
                                        claimed.config(),
                                        claimed.secrets(),
                                        claimed.traits()))
                        .build());
        world.run(Duration.ofSeconds(5));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(world.status("late").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("late").message()).contains("shop");
        assertThat(world.instances("shop-api")).isEqualTo(2);
    }
}
