package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.external;
import static dev.trellis.scheduler.step.Manifests.instances;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is done when hosts, owners or connections go and come. */
final class TroubleTest {
    private static World deployed(int hosts, int instances) {
        var world = new World(hosts);
        world.begin();
        for (int i = 0; i < hosts; i++) {
            world.host("N" + (100 + i));
        }
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(instances))).build());
        world.converge(Duration.ofMinutes(2));
        return world;
    }

    @Test
    @DisplayName("A61, A67: a lattice without hosts is waiting")
    void aLatticeWithoutHostsIsWaiting() {
        var world = deployed(1, 1);
        world.stopHost("N100");
        world.run(Duration.ofSeconds(5));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.WAITING);
        assertThat(world.core.hostIds()).isEmpty();
        int sent = world.sent.size();
        world.run(Duration.ofMinutes(1));
        assertThat(world.sent).hasSize(sent);
        world.host("N9");
        world.converge(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("A25: ten instances start with one command")
    void tenInstancesStartWithOneCommand() {
        var world = new World(1);
        world.begin();
        world.host("N1");
        world.startMillis = 20_000;
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(10))).build());
        world.converge(Duration.ofMinutes(1));
        assertThat(world.sent).hasSize(1);
    }

    @Test
    @DisplayName("C07: one surplus of five hosts is one command")
    void oneSurplusOfFiveHostsIsOneCommand() {
        var world = deployed(5, 10);
        int sent = world.sent.size();
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(9))).build());
        world.run(Duration.ofMillis(50));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.sent).hasSize(sent + 1);
    }

    @Test
    @DisplayName("C06: what runs stays when more is wanted")
    void whatRunsStaysWhenMoreIsWanted() {
        var world = deployed(1, 3);
        world.host("N200");
        world.run(Duration.ofSeconds(1));
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(10))).build());
        for (int i = 0; i < 200; i++) {
            world.run(Duration.ofMillis(10));
            assertThat(world.instances("shop-api")).isBetween(3, 10);
        }
        world.converge(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("A65, D04, C09: a crashed host is replaced within ten seconds")
    void aCrashedHostIsReplacedWithinTenSeconds() {
        var world = deployed(3, 3);
        world.run(Duration.ofSeconds(5));
        world.crash("N101");
        world.run(Duration.ofSeconds(5));
        assertThat(world.instances("shop-api")).isEqualTo(3);
        assertThat(world.core.hostIds()).hasSize(2);
    }

    @Test
    @DisplayName("A66: a silent host is kept for forty seconds and then replaced")
    void aSilentHostIsKeptForFortySecondsAndThenReplaced() {
        var world = deployed(2, 2);
        world.run(Duration.ofSeconds(5));
        world.hang("N100", true);
        world.run(Duration.ofSeconds(35));
        assertThat(world.core.hostIds()).contains(new HostId("N100"));
        world.run(Duration.ofSeconds(15));
        assertThat(world.core.hostIds()).doesNotContain(new HostId("N100"));
    }

    @Test
    @DisplayName("D01: nothing is judged after a long disconnect")
    void nothingIsJudgedAfterALongDisconnect() {
        var world = deployed(3, 3);
        world.disconnect();
        world.run(Duration.ofMinutes(10));
        int sent = world.sent.size();
        world.reconnect();
        world.run(Duration.ofSeconds(20));
        assertThat(world.core.hostIds()).hasSize(3);
        assertThat(world.sent).hasSize(sent);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    @DisplayName("A64, C17, C20: a new owner finds all done and sends nothing")
    void aNewOwnerFindsAllDoneAndSendsNothing() {
        var world = deployed(100, 100);
        world.run(Duration.ofMinutes(5));
        int sent = world.sent.size();
        world.restartCore();
        world.run(Duration.ofSeconds(10));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(world.core.hostIds()).hasSize(100);
        world.run(Duration.ofMinutes(2));
        assertThat(world.sent).hasSize(sent);
    }

    @Test
    @DisplayName("A73, D08: an unchanged heartbeat is no effect at all")
    void anUnchangedHeartbeatIsNoEffectAtAll() {
        var world = deployed(3, 3);
        world.run(Duration.ofMinutes(2));
        int before = world.effects.size();
        world.run(Duration.ofMinutes(5));
        assertThat(world.effects.subList(before, world.effects.size()))
                .allMatch(e -> e instanceof Effect.Ping);
    }

    @Test
    @DisplayName("A24, A28: an event that never arrives is made up for by a heartbeat")
    void anEventThatNeverArrivesIsMadeUpForByAHeartbeat() {
        var world = new World(5);
        world.begin();
        world.host("N1");
        world.run(Duration.ofSeconds(1));
        world.faults = new World.Faults(100, 0, 0, 0);
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(2))).build());
        world.run(Duration.ofSeconds(20));
        assertThat(world.instances("shop-api")).isEqualTo(2);
        world.faults = World.Faults.NONE;
        world.converge(Duration.ofSeconds(20));
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void nothingIsSentWhileHeldAndAllIsOnceReleased() {
        var world = deployed(2, 2);
        world.hold(true);
        int sent = world.sent.size();
        world.deploy(app("shop").with(component("api", "reg/api:2", instances(2))).build());
        world.run(Duration.ofMinutes(1));
        assertThat(world.sent).hasSize(sent);
        assertThat(world.status("shop").conditions()).anyMatch(c -> c.type().equals("Held"));
        world.hold(false);
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("D02: a fresh deploy is not ready before it runs")
    void aFreshDeployIsNotReadyBeforeItRuns() {
        var world = deployed(1, 1);
        var phases =
                Objects.requireNonNull(world.statuses.get(new AppName("shop"))).stream()
                        .map(s -> s.phase())
                        .toList();
        assertThat(phases.indexOf(Phase.DEPLOYED)).isEqualTo(phases.size() - 1);
    }

    @Test
    void aFailingCountIsTriedAgainWithBackOff() {
        var world = new World(6);
        world.begin();
        world.host("N1");
        world.configs.put("theirs", new TreeMap<>(Map.of("a", "b")));
        world.badImages.add("reg/api:1");
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        List.of(external("theirs")),
                                        instances(1)))
                        .build());
        world.run(Duration.ofMinutes(1));
        assertThat(world.sent).hasSizeBetween(3, 7);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
    }
}
