package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.placement;
import static dev.trellis.scheduler.step.Manifests.provider;
import static dev.trellis.scheduler.step.Manifests.scaler;
import static dev.trellis.scheduler.step.Manifests.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Trait;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Workloads that need others beside them on a host, or nobody with the same port. */
final class NeighboursTest {
    private static final String HTTP = "wasmcloud+builtin://http-server";
    private final World world = new World(11);

    private Set<String> on(String id) {
        var at = new TreeSet<String>();
        world.hosts
                .values()
                .forEach(h -> {
                    if (h.instances(new WorkloadId(id)) > 0) {
                        at.add(h.id.value());
                    }
                });
        return at;
    }

    private void web(String name, String port, Trait api, Trait http) {
        world.deploy(
                app(name)
                        .with(component("api", "reg/api:1", api))
                        .with(
                                provider(
                                        "http",
                                        HTTP,
                                        http,
                                        link("api", config("port", "address", "0.0.0.0:" + port))))
                        .build());
    }

    @Test
    void aBuiltInProviderGoesToTheHostWithMostOfItsTargets() { // Q11
        world.begin();
        for (int i = 0; i < 5; i++) {
            world.host("N" + i);
        }
        web("shop", "8080", instances(7), instances(2));
        world.converge(Duration.ofMinutes(1));
        assertThat(on("shop-http")).hasSize(2).isSubsetOf(on("shop-api"));
        for (var host : on("shop-http")) {
            var there = Objects.requireNonNull(world.hosts.get(new HostId(host)));
            assertThat(there.instances(new WorkloadId("shop-api"))).isEqualTo(2);
        }
    }

    @Test
    void theTargetIsFilledAgainWhereTheProviderMayRun() {
        world.begin();
        for (int i = 0; i < 4; i++) {
            world.host("N" + i, i == 0 ? Map.of("edge", "yes") : Map.of());
        }
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(2))).build());
        world.converge(Duration.ofMinutes(1));
        assertThat(on("shop-api")).doesNotContain("N0");

        web("shop", "8080", instances(2), scaler(1, where("edge", "edge", "yes", 100)));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(2));

        assertThat(on("shop-http")).containsExactly("N0");
        assertThat(on("shop-api")).contains("N0").hasSize(2);
        int sent = world.sent.size();
        world.run(Duration.ofMinutes(5));
        assertThat(world.sent).hasSize(sent);
    }

    @Test
    void aPairThatCanNeverMeetIsNamed() {
        world.begin();
        world.host("N0", Map.of("zone", "a"));
        world.host("N1", Map.of("zone", "b"));
        web(
                "shop",
                "8080",
                scaler(1, where("a", "zone", "a", 100)),
                scaler(1, where("b", "zone", "b", 100)));
        world.run(Duration.ofSeconds(10));
        assertThat(on("shop-http")).isEmpty();
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("shop").message())
                .contains("colocateWith shop-api", "requirements zone=b");
        var explained = world.core.explain(new AppName("shop"), Optional.empty()).orElseThrow();
        assertThat(explained.components().getLast().spreads().getFirst().binding())
                .containsExactly("colocateWith shop-api with requirements zone=b");
    }

    @Test
    @DisplayName("B10, Q10: two apps never hold one port on one host")
    void twoAppsNeverHoldOnePortOnOneHost() {
        world.watch(this::onePortAHost);
        world.begin();
        for (int i = 0; i < 3; i++) {
            world.host("N" + i);
        }
        web("blog", "8080", instances(3), instances(2));
        web("shop", "8080", instances(3), instances(1));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(2));
        assertThat(on("blog-http")).hasSize(2);
        assertThat(on("shop-http")).hasSize(1).doesNotContainAnyElementsOf(on("blog-http"));
    }

    @Test
    @DisplayName("B10: who comes too late for a port waits and says for what")
    void whoComesTooLateWaitsAndSaysForWhat() {
        world.watch(this::onePortAHost);
        world.begin();
        world.host("N0");
        world.host("N1");
        web("blog", "8080", instances(2), daemon(1));
        world.converge(Duration.ofMinutes(1));
        web("shop", "08080", instances(2), instances(1));
        world.run(Duration.ofSeconds(10));
        assertThat(on("shop-http")).isEmpty();
        assertThat(world.status("shop").message()).contains("exclusive tcp/8080");
        world.undeploy("blog");
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        assertThat(on("shop-http")).hasSize(1);
    }

    private void onePortAHost() {
        for (var host : world.hosts.values()) {
            assertThat(
                            host.instances(new WorkloadId("blog-http"))
                                    + host.instances(new WorkloadId("shop-http")))
                    .as(world.describe())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void anyProviderCanAskForANeighbour() {
        world.begin();
        for (int i = 0; i < 4; i++) {
            world.host("N" + i);
        }
        world.deploy(
                app("shop")
                        .with(component("api", "reg/api:1", instances(2)))
                        .with(
                                provider(
                                        "log",
                                        "reg/log:1",
                                        instances(1),
                                        placement("{'colocateWith': ['api']}")))
                        .build());
        world.converge(Duration.ofMinutes(1));
        assertThat(on("shop-log")).hasSize(1).isSubsetOf(on("shop-api"));
        on("shop-log").forEach(world::crash);
        world.run(Duration.ofSeconds(10));
        world.converge(Duration.ofMinutes(1));
        assertThat(on("shop-log")).hasSize(1).isSubsetOf(on("shop-api"));
    }
}
