package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.external;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.WorkloadId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Upgrades without a policy: at most a quarter of the hosts away at once. */
final class UpgradeTest {
    private static World thirtyHosts() {
        var world = new World(30);
        world.begin();
        for (int i = 10; i < 40; i++) {
            world.host("N" + i);
        }
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(2))).build());
        world.converge(Duration.ofMinutes(1));
        return world;
    }

    private static long serving(World world) {
        return world.hosts.values().stream().filter(h -> !h.entries.isEmpty()).count();
    }

    @Test
    void thirtyHostsMoveWithAtMostSevenAwayAtOnce() {
        var world = thirtyHosts();
        world.deploy(app("shop").with(component("api", "reg/api:2", daemon(2))).build());
        long fewest = 30;
        for (int i = 0;
                i < 10 || (i < 2000 && world.status("shop").phase() != Phase.DEPLOYED);
                i++) {
            world.run(Duration.ofMillis(10));
            fewest = Math.min(fewest, serving(world));
        }
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(fewest).isBetween(23L, 25L);
        assertThat(world.hosts.values())
                .allMatch(h -> h.entries.firstEntry().getValue().bytes().equals("reg/api:2"));
    }

    @Test
    void aBadImageStopsItselfAtSevenHosts() {
        var world = thirtyHosts();
        world.badImages.add("reg/api:bad");
        world.deploy(app("shop").with(component("api", "reg/api:bad", daemon(2))).build());
        world.run(Duration.ofMinutes(10));
        assertThat(serving(world)).isEqualTo(23);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(2))).build());
        world.converge(Duration.ofMinutes(1));
        assertThat(serving(world)).isEqualTo(30);
    }

    @Test
    void aVersionThatNeedsNoRestartMovesNoHost() {
        var world = thirtyHosts();
        int before = world.sent.size();
        world.deploy(app("shop").with(component("api", "reg/api:1", daemon(3))).build());
        world.run(Duration.ofMillis(50));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.sent.subList(before, world.sent.size()))
                .hasSize(30)
                .allMatch(s -> s.reason().equals("Count"));
    }

    @Test
    void aHostIsNotStoppedBeforeTheNewConfigIsThere() {
        var world = thirtyHosts();
        world.deploy(
                app("shop")
                        .with(component("api", "reg/api:2", List.of(external("later")), daemon(2)))
                        .build());
        world.run(Duration.ofMinutes(1));
        assertThat(serving(world)).isEqualTo(30);
    }

    @Test
    void aRestartMovesEveryHostWithinTheBudget() {
        var world = thirtyHosts();
        int before = world.sent.size();
        world.restart("shop");
        world.run(Duration.ofMillis(100));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.sent.subList(before, world.sent.size())).hasSize(60);
    }

    @Test
    @DisplayName("A39, A40: a component left out of the new version goes with its link and config")
    void aComponentLeftOutOfTheNewVersionGoesWithItsLinkAndConfig() {
        var world = new World(1);
        world.begin();
        world.host("N1");
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        instances(1),
                                        link("old", config("c", "k", "v"))))
                        .with(component("old", "reg/old:1", instances(1)))
                        .build());
        world.converge(Duration.ofMinutes(1));
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(1))).build());
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofSeconds(10));
        assertThat(world.instances("shop-old")).isZero();
        assertThat(world.instances("shop-api")).isEqualTo(1);
        assertThat(world.links).isEmpty();
        assertThat(world.configs).isEmpty();
    }

    @Test
    @DisplayName("A41: a provider of a new image runs under the same id")
    void aProviderOfANewImageRunsUnderTheSameId() {
        var world = new World(2);
        world.begin();
        world.host("N1");
        world.deploy(
                app("shop").with(provider("store", "oci://reg/store:1", instances(1))).build());
        world.converge(Duration.ofMinutes(1));
        world.deploy(
                app("shop").with(provider("store", "oci://reg/store:2", instances(1))).build());
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        var host = world.hosts.firstEntry().getValue();
        assertThat(Objects.requireNonNull(host.entries.get(new WorkloadId("shop-store"))).bytes())
                .isEqualTo("reg/store:2");
    }

    @Test
    @DisplayName("C05: a link whose config alone changes is never absent")
    void aLinkWhoseConfigAloneChangesIsNeverAbsent() {
        var world = new World(3);
        world.begin();
        world.host("N1");
        for (var port : List.of("one", "two")) {
            world.deploy(
                    app("shop")
                            .with(
                                    component(
                                            "api",
                                            "reg/api:1",
                                            instances(1),
                                            link("store", config(port, "k", port))))
                            .with(provider("store", "reg/store:1", instances(1)))
                            .build());
            world.run(Duration.ofSeconds(1));
            world.converge(Duration.ofMinutes(1));
        }
        world.run(Duration.ofSeconds(5));
        assertThat(world.links).extracting(Link::sourceConfig).containsExactly(List.of("shop-two"));
        assertThat(world.configs).containsOnlyKeys("shop-two");
        assertThat(world.sent).noneMatch(s -> s.command() instanceof Command.DeleteLink);
    }
}
