package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Spread;
import dev.trellis.manifest.Trait;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.LatticeQueries.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is said late, twice, or not at all changes nothing that was seen since. */
final class LateWordsTest {
    private static final HostId HOST = new HostId("N1");

    private static World oneHost() {
        var world = new World(1);
        world.begin();
        world.host("N1");
        return world;
    }

    private static HostInventory inventory(World world) {
        return Objects.requireNonNull(world.hosts.get(HOST)).inventory(world.now);
    }

    @Test
    void aHeartbeatPutTogetherBeforeAStartStartsNothingAgain() {
        var world = oneHost();
        world.run(Duration.ofSeconds(1));
        var before = inventory(world);
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(2))).build());
        world.converge(Duration.ofSeconds(5));

        world.publish(new LatticeEvent.HostHeartbeat(before));
        world.run(Duration.ofSeconds(2));

        assertThat(world.sent).hasSize(1);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    void anInstanceThatAHeartbeatLacksIsReplacedAtOnce() {
        var world = oneHost();
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(2))).build());
        world.converge(Duration.ofSeconds(5));
        world.run(Duration.ofSeconds(3));
        Objects.requireNonNull(world.hosts.get(HOST)).entries.clear();

        world.publish(new LatticeEvent.HostHeartbeat(inventory(world)));
        world.run(Duration.ofMillis(100));

        assertThat(world.sent).hasSize(2);
        world.converge(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("C18: an inventory asked for before an event does not overwrite what it said")
    void anInventoryOlderThanAnEventIsAskedForAgain() {
        var world = oneHost();
        world.run(Duration.ofSeconds(1));
        var before = inventory(world);
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(2))).build());
        world.converge(Duration.ofSeconds(5));

        world.input(0, new Input.InventoryAnswer(HOST, new Reply.Found<>(before)));
        world.run(Duration.ofSeconds(2));

        assertThat(world.sent).hasSize(1);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    @DisplayName("A27: an inventory that does not come leaves what is known as it is")
    void anInventoryThatDoesNotComeLeavesWhatIsKnown() {
        var world = oneHost();
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(2))).build());
        world.converge(Duration.ofSeconds(5));

        for (int i = 0; i < 5; i++) {
            world.input(i * 100L, new Input.InventoryAnswer(HOST, new Reply.Silent<>("timed out")));
        }
        world.publish(new LatticeEvent.HostHeartbeat(inventory(world)));
        world.run(Duration.ofMinutes(2));

        assertThat(world.sent).hasSize(1);
        assertThat(world.core.hostIds()).containsExactly(HOST);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    @DisplayName("C19: a provider that died while it was ill is started again, and well")
    void illHealthEndsWithTheProviderThatReportedIt() {
        var world = oneHost();
        var id = new WorkloadId("shop-store");
        world.deploy(app("shop").with(provider("store", "reg/store:1", instances(1))).build());
        world.converge(Duration.ofSeconds(5));
        world.publish(new LatticeEvent.ProviderHealth(HOST, id, false));
        world.run(Duration.ofSeconds(3));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.UNHEALTHY);

        Objects.requireNonNull(world.hosts.get(HOST)).entries.clear();
        world.publish(new LatticeEvent.HostHeartbeat(inventory(world)));
        world.run(Duration.ofSeconds(3));

        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(world.core.hosts()).allMatch(host -> host.unhealthy().isEmpty());
    }

    @Test
    @DisplayName("D06: a host that never answers holds up nobody else")
    void aHostThatNeverAnswersHoldsUpNobodyElse() {
        var world = new World(2);
        world.begin();
        for (int i = 1; i <= 4; i++) {
            world.host("N" + i);
        }
        world.run(Duration.ofSeconds(1));
        world.hang("N1", true);
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(1))).build());

        world.run(Duration.ofSeconds(2));

        assertThat(world.instances("shop-api")).isEqualTo(3);
        world.run(Duration.ofMinutes(3));
        assertThat(world.core.hostIds()).doesNotContain(HOST);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    @DisplayName("D07: a start that is accepted and comes to nothing is tried again with back-off")
    void aStartThatComesToNothingIsTriedAgainWithBackOff() {
        var world = oneHost();
        world.run(Duration.ofSeconds(1));
        world.badImages.add("reg/api:1");
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(1))).build());

        world.run(Duration.ofMinutes(10));

        assertThat(world.sent).hasSizeBetween(4, 20);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("shop").components().getFirst().lastError().orElseThrow().message())
                .contains("cannot start reg/api:1");
    }

    @Test
    @DisplayName("D05: what is still starting can be replaced and stopped")
    void whatIsStillStartingCanBeStopped() {
        var world = oneHost();
        world.run(Duration.ofSeconds(1));
        world.startMillis = 20_000;
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(1))).build());
        world.run(Duration.ofSeconds(5));
        assertThat(world.sent).hasSize(1);

        world.deploy(app("shop").with(component("other", "reg/other:1", daemon(1))).build());
        world.run(Duration.ofMillis(100));
        world.converge(Duration.ofMinutes(5));
        world.run(Duration.ofMinutes(1));

        assertThat(world.instances("shop-api")).isZero();
        assertThat(world.instances("shop-other")).isEqualTo(1);
    }

    @Test
    @DisplayName("A26: four hosts and three overlapping spreads converge with bounded commands")
    void overlappingSpreadsConverge() {
        var world = new World(4);
        world.begin();
        for (var region : List.of("us-east-1", "us-east-2", "us-west-1", "us-west-2")) {
            world.host("N-" + region, Map.of("region", region, "cloud", "real"));
        }
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        new Trait.SpreadScaler(
                                                12,
                                                List.of(
                                                        spread("east", "region", "us-east-1", 25),
                                                        spread("west", "region", "us-west-1", 25),
                                                        spread("cloud", "cloud", "real", 50)))))
                        .build());
        world.converge(Duration.ofSeconds(30));
        int commands = world.sent.size();
        world.run(Duration.ofMinutes(10));

        assertThat(world.instances("shop-api")).isEqualTo(12);
        assertThat(commands).isBetween(3, 4);
        assertThat(world.sent).hasSize(commands);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    private static Spread spread(String name, String key, String value, int weight) {
        return new Spread(name, new TreeMap<>(Map.of(key, value)), OptionalInt.of(weight));
    }
}
