package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.provider;
import static dev.trellis.scheduler.step.Manifests.withId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.WorkloadId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Links are there as declared, put once, and never away for longer than they must be. */
final class LinksTest {
    private final World world = new World(31);

    private static Manifest shop(ConfigRef... linkConfig) {
        return app("shop")
                .with(component("api", "reg/api:1", instances(1)))
                .with(provider("http", "reg/http:1", instances(1), link("api", linkConfig)))
                .build();
    }

    private void start(Manifest... manifests) {
        world.begin();
        world.host("N1");
        List.of(manifests).forEach(world::deploy);
        world.converge(Duration.ofMinutes(1));
    }

    private List<Command> puts(int after) {
        return world.sent.stream()
                .skip(after)
                .map(World.Sent::command)
                .filter(c -> c instanceof Command.PutLink)
                .toList();
    }

    @Test
    @DisplayName("A01: links that were not told by the host, but by its event, are not put again")
    void whatAnEventTellsNeedsNoAnswer() {
        start(shop());
        int before = world.sent.size();
        world.restartCore();
        world.linksUnanswered = true;
        world.publish(new LatticeEvent.LinkSet(world.links.getFirst()));
        world.run(Duration.ofSeconds(20));
        assertThat(puts(before)).isEmpty();
        world.linksUnanswered = false;
        world.converge(Duration.ofMinutes(1));
        assertThat(world.sent).hasSize(before);
    }

    @Test
    @DisplayName("A02: a thousand unrelated events bring no link command")
    void unrelatedEventsBringNoCommand() {
        start(shop());
        int before = world.sent.size();
        for (int i = 0; i < 1000; i++) {
            var other = new WorkloadId("other-" + i);
            world.publish(
                    new LatticeEvent.LinkSet(
                            new Link(
                                    other,
                                    new WorkloadId("x"),
                                    "default",
                                    "wasi",
                                    "http",
                                    List.of("incoming-handler"),
                                    List.of(),
                                    List.of())));
        }
        world.run(Duration.ofSeconds(5));
        assertThat(world.sent).hasSize(before);
    }

    @Test
    @DisplayName("A03: a link that somebody deleted is put again once")
    void aDeletedLinkIsPutAgainOnce() {
        start(shop());
        int before = world.sent.size();
        var link = world.links.removeFirst();
        world.publish(new LatticeEvent.LinkDeleted(link.key(), Optional.of(link.target())));
        world.run(Duration.ofSeconds(60));
        assertThat(world.links).containsExactly(link);
        assertThat(puts(before)).hasSize(1);
        assertThat(world.sent).hasSize(before + 1);
    }

    @Test
    @DisplayName("A04: a missing link is put at the deploy, before anything runs")
    void aMissingLinkIsPutAtOnce() {
        world.begin();
        world.host("N1");
        world.run(Duration.ofSeconds(5));
        var deployed = world.now;
        world.deploy(shop());
        world.converge(Duration.ofMinutes(1));
        var put =
                world.sent.stream()
                        .filter(s -> s.command() instanceof Command.PutLink)
                        .findFirst()
                        .orElseThrow();
        assertThat(Duration.between(deployed, put.at())).isLessThan(Duration.ofMillis(200));
    }

    @Test
    @DisplayName("A05: a link is looked at again when its target is scaled")
    void aScaledTargetLooksAtTheLink() {
        start(shop());
        var link = world.links.removeFirst();
        world.publish(new LatticeEvent.LinkDeleted(link.key(), Optional.empty()));
        var host = world.hosts.firstEntry().getValue();
        var target = Objects.requireNonNull(host.entries.get(link.target())).running();
        world.publish(
                new LatticeEvent.ComponentScaled(host.id, link.target(), Optional.of(target)));
        world.run(Duration.ofSeconds(1));
        assertThat(world.links).containsExactly(link);
    }

    @Test
    @DisplayName("A06: a link whose source starts late is there when it starts")
    void aLateSourceHasItsLink() {
        world.badImages.add("reg/http:1");
        world.begin();
        world.host("N1");
        world.deploy(shop());
        world.run(Duration.ofSeconds(20));
        assertThat(world.links).hasSize(1);
        world.badImages.clear();
        world.converge(Duration.ofMinutes(2));
        assertThat(world.links).hasSize(1);
    }

    @Test
    @DisplayName("A07: of two apps that declare one link differently one has it, and no loop runs")
    void twoAppsDoNotFightOverALink() {
        var one = shop(config("port", "address", "1"));
        var other =
                app("late")
                        .with(withId("shop-api", component("a", "reg/api:1", instances(1))))
                        .with(
                                withId(
                                        "shop-http",
                                        provider(
                                                "h",
                                                "reg/http:1",
                                                instances(1),
                                                link("a", config("port", "address", "2")))))
                        .build();
        start(one);
        world.run(Duration.ofSeconds(1));
        int before = world.sent.size();
        world.deploy(other);
        world.run(Duration.ofMinutes(3));
        assertThat(world.status("late").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("late").message()).contains("app shop");
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(world.sent).hasSize(before);
    }

    @Test
    @DisplayName("A08: one source has two links of one package with different interfaces")
    void oneSourceLinksDifferentInterfacesToTwoTargets() {
        start(twoTargets("a", "b"));
        assertThat(world.links)
                .extracting(Link::target)
                .containsExactlyInAnyOrder(id("a"), id("b"));
        assertThat(world.links).extracting(Link::key).containsOnly(world.links.getFirst().key());
    }

    @Test
    void ofTwoLinksWithOneKeyTheOneThatIsDroppedGoesAndTheOtherStays() {
        start(twoTargets("a", "b"));
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        instances(1),
                                        link("keyvalue", "store", "a")))
                        .with(component("a", "reg/a:1", instances(1)))
                        .with(component("b", "reg/b:1", instances(1)))
                        .build());
        world.run(Duration.ofSeconds(10));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.links).extracting(Link::target).containsExactly(id("a"));
    }

    @Test
    @DisplayName("C03: two links that differ in nothing but the package are both put")
    void theSamePairIsLinkedByTwoPackages() {
        start(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        instances(1),
                                        link("keyvalue", "store", "kv"),
                                        link("messaging", "consumer", "kv")))
                        .with(provider("kv", "reg/kv:1", instances(1)))
                        .build());
        assertThat(world.links)
                .extracting(Link::packageName)
                .containsExactlyInAnyOrder("keyvalue", "messaging");
    }

    @Test
    @DisplayName("C04: a link whose config somebody changed is put right")
    void aChangedLinkIsPutRight() {
        start(shop(config("port", "address", "1")));
        var right = world.links.getFirst();
        world.configs.put("theirs", new TreeMap<>());
        var wrong =
                new Link(
                        right.source(),
                        right.target(),
                        right.name(),
                        right.namespace(),
                        right.packageName(),
                        right.interfaces(),
                        List.of("theirs"),
                        List.of());
        world.links.set(0, wrong);
        world.publish(new LatticeEvent.LinkSet(wrong));
        world.run(Duration.ofSeconds(5));
        assertThat(world.links).containsExactly(right);
    }

    @Test
    @DisplayName("C05: a link whose config alone changes is never absent")
    void aLinkWithOtherConfigIsNeverAbsent() {
        start(shop(config("port", "address", "1")));
        world.watch(() -> assertThat(world.links).hasSize(1));
        int before = world.sent.size();
        world.deploy(shop(config("other", "address", "2")));
        world.run(Duration.ofSeconds(5));
        world.converge(Duration.ofMinutes(1));
        assertThat(world.links.getFirst().sourceConfig()).containsExactly("shop-other");
        assertThat(world.configs).containsOnlyKeys("shop-other");
        assertThat(world.sent.stream().skip(before))
                .as("A20: exactly the link is updated")
                .extracting(World.Sent::command)
                .noneMatch(c -> c instanceof Command.OnHost);
    }

    private static Manifest twoTargets(String one, String other) {
        return app("shop")
                .with(
                        component(
                                "api",
                                "reg/api:1",
                                instances(1),
                                link("keyvalue", "atomics", other),
                                link("keyvalue", "store", one)))
                .with(component("a", "reg/a:1", instances(1)))
                .with(component("b", "reg/b:1", instances(1)))
                .build();
    }

    private static WorkloadId id(String name) {
        return new WorkloadId("shop-" + name);
    }
}
