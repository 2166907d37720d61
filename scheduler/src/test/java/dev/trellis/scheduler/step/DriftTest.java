package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.instances;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.observe.HostId;
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

/** What people change by hand, what fails again and again, hosts that begin anew. */
final class DriftTest {
    private static final WorkloadId API = new WorkloadId("shop-api");
    private final World world = new World(5);

    private void deployed(int hosts, int instances) {
        world.begin();
        for (int i = 0; i < hosts; i++) {
            world.host("N" + (10 + i));
        }
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(instances))).build());
        world.converge(Duration.ofMinutes(1));
    }

    /** As wash does it: the count changes and annotations are wiped. */
    private void scaleByHand(String host, int count) {
        var there = Objects.requireNonNull(world.hosts.get(new HostId(host)));
        var running = new Running(WorkloadKind.COMPONENT, "reg/api:1", new TreeMap<>(), count);
        there.put(API, running, List.of());
        world.publish(new LatticeEvent.ComponentScaled(there.id, API, Optional.of(running)));
    }

    private int on(String host) {
        return Objects.requireNonNull(world.hosts.get(new HostId(host))).instances(API);
    }

    private AppStatus.Condition condition(String type) {
        return world.status("shop").conditions().stream()
                .filter(c -> c.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatAPersonScalesIsPutRightOnceWhereItWas() {
        deployed(3, 6);
        int sent = world.sent.size();
        scaleByHand("N11", 5);
        world.run(Duration.ofSeconds(5));
        assertThat(on("N11")).isEqualTo(2);
        assertThat(world.sent).hasSize(sent + 1);
        assertThat(condition("Degraded").status()).isEqualTo("False");
    }

    @Test
    void whoeverFlipsItAgainAndAgainIsReportedAndNotFought() {
        deployed(3, 6);
        int sent = world.sent.size();
        for (int i = 0; i < 120; i++) {
            if (on("N11") == 2) {
                scaleByHand("N11", 5);
            }
            world.run(Duration.ofSeconds(10));
        }
        assertThat(world.sent.size() - sent).as("in twenty minutes").isBetween(2, 7);
        assertThat(condition("Degraded").reason()).isEqualTo("Conflict");
        assertThat(condition("Degraded").message()).contains("api on N11");
        world.run(Duration.ofMinutes(45));
        assertThat(on("N11")).isEqualTo(2);
        assertThat(condition("Degraded").status()).isEqualTo("False");
    }

    @Test
    void aHostThatBeginsAnewDuringAStartDoesNotWaitForItsDeadline() {
        world.startMillis = 20_000;
        world.begin();
        world.host("N10");
        world.run(Duration.ofSeconds(5));
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(2))).build());
        world.run(Duration.ofSeconds(1));
        assertThat(world.sent).hasSize(1);

        world.crash("N10");
        world.startMillis = 300;
        world.host("N10");
        world.run(Duration.ofSeconds(4));

        assertThat(on("N10")).isEqualTo(2);
    }

    @Test
    void theSameWithoutAWordOfItsStart() {
        world.startMillis = 60_000;
        world.begin();
        world.host("N10");
        world.run(Duration.ofSeconds(15));
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(2))).build());
        world.run(Duration.ofSeconds(5));

        world.faults = new World.Faults(100, 0, 0, 0);
        world.crash("N10");
        world.startMillis = 300;
        world.host("N10");
        world.faults = World.Faults.NONE;
        world.run(Duration.ofSeconds(8));

        assertThat(on("N10")).isEqualTo(2);
    }

    @Test
    void aRestartMovesAlsoWhatAPersonWiped() {
        deployed(2, 2);
        world.run(Duration.ofSeconds(20));
        world.hold(true);
        scaleByHand("N10", 1);
        world.run(Duration.ofSeconds(1));
        world.restartCore();
        world.restart("shop");
        world.run(Duration.ofSeconds(5));
        world.hold(false);
        world.converge(Duration.ofMinutes(2));
        world.hosts
                .values()
                .forEach(host ->
                        assertThat(
                                        Objects.requireNonNull(host.entries.get(API))
                                                .running()
                                                .annotations())
                                .containsEntry("trellis/version", "1.1"));
    }

    @Test
    void whatIsWipedAfterARestartNeedsNoOther() {
        deployed(2, 2);
        world.restart("shop");
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(2));
        int sent = world.sent.size();
        scaleByHand("N10", 3);
        world.run(Duration.ofSeconds(20));
        assertThat(world.sent).as("one count, no stop").hasSize(sent + 1);
        assertThat(on("N10")).isEqualTo(1);
    }

    @Test
    @DisplayName("A21: a failed start waits for its time, but for no other version")
    void aFailedStartIsTriedAtOnceWhenSomethingElseIsDeployed() {
        world.begin();
        world.host("N10");
        world.badImages.add("reg/api:1");
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(1))).build());
        world.run(Duration.ofMinutes(3));
        int sent = world.sent.size();
        var error = world.status("shop").components().getFirst().lastError().orElseThrow();
        assertThat(error.count()).isGreaterThan(3);
        assertThat(error.nextRetry().orElseThrow()).isAfter(world.now);
        assertThat(condition("Degraded").reason()).isEqualTo("StartFailed");
        world.badImages.clear();
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(2))).build());
        world.run(Duration.ofSeconds(2));
        assertThat(on("N10")).isEqualTo(2);
        assertThat(world.sent).hasSize(sent + 1);
    }

    @Test
    @DisplayName("A38, B14, C08: an entry of another manager is left alone and named")
    void anEntryOfAnotherManagerIsLeftAloneAndNamed() {
        deployed(2, 4);
        var there = Objects.requireNonNull(world.hosts.get(new HostId("N10")));
        var foreign =
                new Running(
                        WorkloadKind.COMPONENT,
                        "reg/api:9",
                        new TreeMap<>(
                                Map.of(
                                        "wasmcloud.dev/managed-by",
                                        "trellis",
                                        "trellis/manager",
                                        "manager-2")),
                        7);
        there.put(API, foreign, List.of());
        world.publish(new LatticeEvent.ComponentScaled(there.id, API, Optional.of(foreign)));
        world.run(Duration.ofSeconds(10));
        assertThat(on("N10")).isEqualTo(7);
        assertThat(on("N11")).isEqualTo(4);
        assertThat(condition("Degraded").reason()).isEqualTo("Foreign");
        assertThat(condition("Degraded").message()).contains("N10");
        world.undeploy("shop");
        world.run(Duration.ofSeconds(10));
        assertThat(on("N10")).isEqualTo(7);
        assertThat(on("N11")).isZero();
    }
}
