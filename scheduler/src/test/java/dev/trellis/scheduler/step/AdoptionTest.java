package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.decide.Step;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.port.Adoption;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What wadm started for an app that was taken over from it. */
final class AdoptionTest {
    private static final WorkloadId API = new WorkloadId("shop-api");
    private static final WorkloadId HTTP = new WorkloadId("shop-http");
    private static final Link LINK =
            new Link(
                    HTTP,
                    API,
                    "default",
                    "wasi",
                    "http",
                    List.of("incoming-handler"),
                    List.of("shop-p"),
                    List.of());

    private final World world = new World(51);

    private static Manifest shop(String image) {
        return app("shop")
                .with(component("api", image, instances(3)))
                .with(
                        provider(
                                "http",
                                "ghcr.io/http:1",
                                instances(1),
                                link("api", config("p", "k", "v"))))
                .build();
    }

    private static Running wadms(WorkloadKind kind, String image, int instances) {
        return new Running(
                kind,
                image,
                new TreeMap<>(
                        Map.of(
                                "wasmcloud.dev/managed-by",
                                "wadm",
                                "wasmcloud.dev/appspec",
                                "shop",
                                "wasmcloud.dev/scaler",
                                "5f0c",
                                "wasmcloud.dev/spread_name",
                                "default")),
                instances);
    }

    private void leftByWadm() {
        world.begin();
        var one = world.host("N1");
        var two = world.host("N2");
        one.put(API, wadms(WorkloadKind.COMPONENT, "reg/api:1", 3), List.of());
        two.put(HTTP, wadms(WorkloadKind.PROVIDER, "ghcr.io/http:1", 1), List.of());
        world.links.add(LINK);
        world.configs.put("shop-p", new TreeMap<>(Map.of("k", "v")));
        world.run(Duration.ofSeconds(35));
    }

    private static boolean saysWadm(FakeHost host) {
        return host.entries.values().stream()
                .anyMatch(e -> e.running().annotations().containsValue("wadm"));
    }

    @Test
    void whatWadmLeftIsDeployedWithoutACommand() {
        leftByWadm();
        world.adopt(shop("reg/api:1"));
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofMinutes(3));
        assertThat(world.sent).isEmpty();
        assertThat(world.owned.values())
                .as("written down at once, by the loop")
                .containsExactly(
                        new Owned(
                                new TreeSet<>(Set.of(API)),
                                new TreeSet<>(Set.of(HTTP)),
                                new TreeSet<>(Set.of(LINK.key())),
                                new TreeSet<>(Set.of("shop-p")),
                                true));
        assertThat(world.status("shop").components()).allMatch(c -> c.running() == c.wanted());
        world.restartCore();
        world.run(Duration.ofMinutes(1));
        assertThat(world.sent).isEmpty();
    }

    @Test
    void beforeItIsStoredItIsSaidWhatThereIsAndWhatWouldBeSent() {
        leftByWadm();
        var other = new WorkloadId("else-where");
        var elses = new TreeMap<>(wadms(WorkloadKind.COMPONENT, "x", 1).annotations());
        elses.put("wasmcloud.dev/appspec", "else");
        world.hosts
                .firstEntry()
                .getValue()
                .put(other, new Running(WorkloadKind.COMPONENT, "x", elses, 1), List.of());
        world.run(Duration.ofSeconds(35));

        var first = adoption("reg/api:1");
        assertThat(first.certain()).as("a config is not read yet").isFalse();
        world.run(Duration.ofSeconds(1));
        var found = adoption("reg/api:1");

        assertThat(found.certain()).isTrue();
        assertThat(found.steps()).isEmpty();
        assertThat(found.apps().values()).containsExactly(new Adoption.Adopted(1, 1, 1, 1));
        assertThat(found.unknown())
                .containsExactly(
                        new Adoption.Unknown(
                                new HostId("N1"), other, "names no app of this import"));
        assertThat(adoption("reg/api:2").steps())
                .extracting(Step::reason)
                .containsExactly("Upgrade");
        assertThat(world.sent).isEmpty();
    }

    private Adoption adoption(String image) {
        var record = World.candidate("shop");
        return world.core.adoption(
                List.of(new Adoption.Candidate(record, shop(image))),
                names -> world.input(0, new Input.ConfigsWanted(names)));
    }

    @Test
    void withoutAnImportItIsSomebodyElses() {
        leftByWadm();
        world.deploy(shop("reg/api:1"));
        world.run(Duration.ofMinutes(1));
        world.undeploy("shop");
        world.run(Duration.ofMinutes(1));
        assertThat(world.hosts.values()).allMatch(AdoptionTest::saysWadm);
    }

    @Test
    void anUpgradeMovesWhatWadmStarted() {
        leftByWadm();
        world.adopt(shop("reg/api:1"));
        world.converge(Duration.ofMinutes(1));
        world.deploy(shop("reg/api:2"));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.instances("shop-api")).isEqualTo(3);
        assertThat(world.hosts.values().stream().filter(AdoptionTest::saysWadm))
                .as("the provider is the same in both versions")
                .hasSize(1);
    }

    @Test
    void undeployStopsWhatWadmStartedAlsoAfterTheAppIsDeleted() {
        leftByWadm();
        world.adopt(shop("reg/api:1"));
        world.converge(Duration.ofMinutes(1));
        world.delete("shop");
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofSeconds(5));
        assertThat(world.hosts.values()).allMatch(host -> host.entries.isEmpty());
        assertThat(world.links).isEmpty();
        assertThat(world.configs).isEmpty();
        assertThat(world.owned).isEmpty();
    }

    @Test
    void anotherCountIsScaledWithOurAnnotations() {
        leftByWadm();
        var two =
                app("shop")
                        .with(component("api", "reg/api:1", instances(5)))
                        .with(
                                provider(
                                        "http",
                                        "ghcr.io/http:1",
                                        instances(1),
                                        link("api", config("p", "k", "v"))))
                        .build();
        world.adopt(two);
        world.converge(Duration.ofMinutes(1));
        assertThat(world.instances("shop-api")).isEqualTo(5);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(world.sent).hasSize(1);
    }
}
