package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.provider;
import static dev.trellis.scheduler.step.Manifests.uses;
import static dev.trellis.scheduler.step.Manifests.withId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.WorkloadId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Apps that use components of another one. */
final class SharedAppsTest {
    private static final Component STORE = provider("kv", "reg/kv:1", instances(1));

    private final World world = new World(21);

    private static Manifest db(Component... components) {
        var builder = app("db").shared();
        List.of(components).forEach(builder::with);
        return builder.build();
    }

    private static Manifest user(String name) {
        return app(name)
                .with(
                        component(
                                "api",
                                "reg/api:1",
                                instances(1),
                                link("keyvalue", "store", "kv", config("b", "k", "v"))))
                .with(uses("kv", "db", "kv"))
                .build();
    }

    private void start(Manifest... manifests) {
        world.begin();
        world.host("N1");
        List.of(manifests).forEach(world::deploy);
        world.converge(Duration.ofMinutes(1));
    }

    private List<AppStatus> shopStatuses() {
        return Objects.requireNonNull(world.statuses.get(new AppName("shop")));
    }

    private List<WorkloadId> linkTargets() {
        return world.links.stream().map(Link::target).toList();
    }

    @Test
    @DisplayName("B04: a link to and from a shared provider has the provider's explicit id")
    void anExplicitIdOfASharedProviderIsHonoured() {
        var listens = uses("in", "db", "kv", link("messaging", "handler", "api"));
        var shop =
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        instances(1),
                                        link("keyvalue", "store", "in")))
                        .with(listens)
                        .build();
        start(db(withId("the-store", STORE)), shop);
        assertThat(linkTargets()).containsOnly(id("the-store"), id("shop-api"));
        assertThat(world.links).extracting(Link::source).contains(id("the-store"));
        assertThat(world.instances("the-store")).isEqualTo(1);
    }

    @Test
    void theIdIsFollowedWhenTheSharedAppChangesIt() {
        start(db(STORE), user("shop"));
        assertThat(linkTargets()).containsExactly(id("db-kv"));
        world.deploy(db(withId("store-2", STORE)));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        assertThat(linkTargets()).containsExactly(id("store-2"));
    }

    @Test
    @DisplayName("B06: of two apps that use one provider one goes, and the other sees no downtime")
    void whenOneUserGoesTheSharedProviderAndTheOthersLinkStay() {
        start(db(STORE), user("foo"), user("bar"));
        int before = world.sent.size();
        world.watch(() -> {
            assertThat(world.instances("db-kv")).isEqualTo(1);
            assertThat(world.instances("bar-api")).isEqualTo(1);
            assertThat(world.links).extracting(Link::source).contains(id("bar-api"));
            assertThat(world.configs).containsKey("bar-b");
        });
        world.delete("foo");
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.links).extracting(Link::source).containsExactly(id("bar-api"));
        assertThat(world.configs).containsOnlyKeys("bar-b");
        assertThat(world.sent.stream().skip(before))
                .extracting(World.Sent::command)
                .noneMatch(c -> c instanceof Command.OnHost on && on.id().equals(id("db-kv")));
    }

    @Test
    @DisplayName("B05: a dependent says that its shared app is gone, and recovers when it is back")
    void aDependentSaysThatItsSharedAppIsMissingAndRecovers() {
        start(db(STORE), user("shop"));
        world.undeploy("db");
        world.run(Duration.ofSeconds(10));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("shop").message()).isEqualTo("kv: shared app db is not deployed");
        assertThat(world.instances("shop-api")).as("the rest is served").isEqualTo(1);
        assertThat(world.links).as("what it has stays until it is undeployed").hasSize(1);

        world.deploy(db(STORE));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);

        world.undeploy("db");
        world.run(Duration.ofSeconds(10));
        world.undeploy("shop");
        world.converge(Duration.ofMinutes(1));
        assertThat(world.links).isEmpty();
    }

    @Test
    void aDependentSaysThatTheSharedAppLostTheComponentOrIsSharedNoLonger() {
        start(db(STORE), user("shop"));
        world.deploy(db(provider("other", "reg/other:1", instances(1))));
        world.run(Duration.ofSeconds(10));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("shop").message()).contains("shared app db has no component kv");
        world.deploy(app("db").with(STORE).build());
        world.run(Duration.ofSeconds(10));
        assertThat(world.status("shop").message()).isEqualTo("kv: app db is not shared");
        world.deploy(db(STORE));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
    }

    @Test
    void aNewOwnerFailsNobodyWhileItStillReadsTheSharedApp() {
        start(db(STORE), user("shop"));
        int before = shopStatuses().size();
        for (int seed = 0; seed < 20; seed++) {
            world.restartCore();
            world.run(Duration.ofSeconds(5));
        }
        assertThat(shopStatuses().stream().skip(before))
                .noneMatch(status -> status.phase() == Phase.FAILED);
        assertThat(world.sent).noneMatch(s -> s.command() instanceof Command.DeleteLink);
    }

    @Test
    @DisplayName("C14: what counts of a shared app is its deployed version, not the newest")
    void theDeployedVersionOfTheSharedAppCounts() {
        start(db(STORE), user("shop"));
        world.put(db(withId("elsewhere", STORE)));
        world.run(Duration.ofSeconds(5));
        assertThat(linkTargets()).containsExactly(id("db-kv"));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
    }

    private static WorkloadId id(String id) {
        return new WorkloadId(id);
    }
}
