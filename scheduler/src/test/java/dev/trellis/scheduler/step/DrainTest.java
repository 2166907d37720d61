package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.placement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.LatticeOwner.HostView;
import dev.trellis.scheduler.wanted.HostMark;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Hosts that are taken out of use, and moves that nothing forces. */
final class DrainTest {
    private static final WorkloadId API = new WorkloadId("shop-api");
    private final World world = new World(3);

    private void hosts(int count, Map<String, String> labels) {
        for (int i = 0; i < count; i++) {
            world.host("N" + (10 + i), labels);
        }
    }

    private void mark(String host, boolean draining) {
        var note = new HostMark.Note("somebody", world.now, "");
        world.mark(
                host,
                Optional.of(new HostMark(note, draining ? Optional.of(note) : Optional.empty())));
    }

    private int on(String host) {
        return Objects.requireNonNull(world.hosts.get(new HostId(host))).instances(API);
    }

    private HostView view(String host) {
        return world.core.hosts().stream()
                .filter(h -> h.id().value().equals(host))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDrainedHostLosesNothingBeforeItServesElsewhere() { // Q10
        world.begin();
        hosts(4, Map.of());
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(8))).build());
        world.converge(Duration.ofMinutes(1));
        var fewest = new AtomicInteger(8);
        world.watch(() -> fewest.set(Math.min(fewest.get(), world.instances("shop-api"))));

        mark("N10", true);
        world.run(Duration.ofSeconds(20));

        assertThat(on("N10")).isZero();
        assertThat(world.instances("shop-api")).isEqualTo(8);
        assertThat(fewest).hasValue(8);
        assertThat(view("N10").draining()).contains(new HostView.Draining(0, ""));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    void onlyAsManyHostsAsTheBudgetAllowsAreEmptiedAtOnce() {
        world.begin();
        hosts(8, Map.of());
        world.startMillis = 3000;
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(8))).build());
        world.converge(Duration.ofMinutes(1));
        for (int i = 0; i < 6; i++) {
            mark("N" + (10 + i), true);
        }
        world.run(Duration.ofMillis(200));
        long begun =
                world.sent.stream().filter(s -> s.at().isAfter(world.now.minusMillis(250))).count();
        assertThat(begun).as("a quarter of eight hosts is two").isBetween(1L, 2L);
        world.run(Duration.ofMinutes(3));
        assertThat(on("N16") + on("N17")).isEqualTo(8);
    }

    @Test
    void whatFitsNowhereElseStaysAndSaysWhy() {
        world.begin();
        hosts(2, Map.of());
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        instances(4),
                                        placement("{'maxPerHost': 3}")))
                        .build());
        world.converge(Duration.ofMinutes(1));

        mark("N10", true);
        world.run(Duration.ofSeconds(20));

        assertThat(on("N10")).isEqualTo(1);
        assertThat(on("N11")).isEqualTo(3);
        assertThat(view("N10").draining())
                .contains(
                        new HostView.Draining(
                                1, "api: 1 fit nowhere else (maxPerHost=3, draining)"));
        world.host("N99");
        world.run(Duration.ofSeconds(20));
        assertThat(on("N10")).isZero();
    }

    @Test
    void aDrainedDaemonIsJustRemoved() {
        world.begin();
        hosts(3, Map.of());
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(2))).build());
        world.converge(Duration.ofMinutes(1));
        mark("N11", true);
        world.run(Duration.ofSeconds(20));
        assertThat(on("N11")).isZero();
        assertThat(world.instances("shop-api")).isEqualTo(4);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    void aCordonedHostKeepsWhatItHasAndGetsNothing() { // Q10
        world.begin();
        hosts(3, Map.of());
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(3))).build());
        world.converge(Duration.ofMinutes(1));
        mark("N10", false);
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(9))).build());
        world.run(Duration.ofSeconds(20));
        assertThat(on("N10")).isEqualTo(1);
        assertThat(on("N11") + on("N12")).isEqualTo(8);
    }

    @Test
    void aMoveWithinAFullZoneRemovesOneFirst() {
        world.begin();
        world.host("N10", Map.of("zone", "a"));
        world.host("N11", Map.of("zone", "a"));
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        instances(4),
                                        placement("{'maxPerValue': [{'key': 'zone', 'max': 4}]}")))
                        .build());
        world.converge(Duration.ofMinutes(1));
        world.watch(new Observer(world)::look);
        var fewest = new AtomicInteger(4);
        world.watch(() -> fewest.set(Math.min(fewest.get(), world.instances("shop-api"))));

        mark("N10", true);
        world.run(Duration.ofSeconds(60));

        assertThat(on("N10")).isZero();
        assertThat(on("N11")).isEqualTo(4);
        assertThat(fewest.get()).as("one at a time").isEqualTo(3);
    }

    @Test
    void movesForSkewKeepToTheirRate() {
        world.begin();
        for (var id : new String[] {"a0", "a1", "b0", "b1"}) {
            world.host(id, Map.of("zone", id.substring(0, 1)));
        }
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        instances(12),
                                        placement(
                                                "{'topology': [{'key': 'zone'}], 'rebalance':"
                                                        + " {'maxMoves': 2, 'per': '10m'}}")))
                        .build());
        world.converge(Duration.ofMinutes(1));
        for (var id : new String[] {"c0", "c1"}) {
            world.host(id, Map.of("zone", "c"));
        }
        world.run(Duration.ofMinutes(1));
        var zones = new Observer(world);
        assertThat(zones.byValue(API, "zone")).containsEntry("c", 2);
        assertThat(condition("Placed").reason()).isEqualTo("SkewViolated");
        world.run(Duration.ofMinutes(11));
        assertThat(zones.byValue(API, "zone")).isEqualTo(Map.of("a", 4, "b", 4, "c", 4));
        assertThat(condition("Placed").reason()).isEqualTo("AllPlaced");
    }

    @Test
    void aRebalanceByHandEvensOutOnce() {
        world.begin();
        hosts(2, Map.of());
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(8))).build());
        world.converge(Duration.ofMinutes(1));
        world.host("N50");
        world.host("N51");
        world.run(Duration.ofSeconds(20));
        assertThat(on("N50")).isZero();

        world.input(0, new Input.Rebalance(new AppName("shop")));
        world.run(Duration.ofSeconds(30));

        assertThat(on("N10")).isEqualTo(2);
        assertThat(on("N11")).isEqualTo(2);
        assertThat(on("N50")).isEqualTo(2);
        assertThat(on("N51")).isEqualTo(2);
        int sent = world.sent.size();
        world.host("N52");
        world.run(Duration.ofMinutes(1));
        assertThat(world.sent).as("only once").hasSize(sent);
    }

    private AppStatus.Condition condition(String type) {
        return world.status("shop").conditions().stream()
                .filter(c -> c.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
