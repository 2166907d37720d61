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

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.DeployPlan;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.port.LatticeOwner.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What would be done, and why things are as they are. */
final class PlanTest {
    private static final AppName SHOP = new AppName("shop");
    private final World world = new World(13);

    private DeployPlan plan(Manifest manifest) {
        return world.core
                .plan(
                        World.LATTICE,
                        SHOP,
                        new Candidate(OptionalInt.empty(), "next", "hash", manifest))
                .orElseThrow();
    }

    private static Manifest shop(String image, int count) {
        return app("shop")
                .with(
                        component(
                                "api",
                                image,
                                List.of(config("level", "k", image)),
                                instances(count)))
                .with(
                        provider(
                                "http",
                                "wasmcloud+builtin://http-server",
                                daemon(1),
                                link("api", config("port", "address", "0.0.0.0:8000"))))
                .build();
    }

    private List<String> sentSince(int from) {
        return world.sent.stream()
                .skip(from)
                .map(s ->
                        switch (s.command()) {
                            case Command.Scale c -> c.host() + " scale " + c.id() + " " + c.count();
                            case Command.StartProvider c -> c.host() + " start " + c.id();
                            case Command.StopProvider c -> c.host() + " stop " + c.id();
                            case Command.PutConfig c -> "put " + c.name();
                            case Command.DeleteConfig c -> "delete " + c.name();
                            case Command.PutLink c -> "link " + c.link().source();
                            case Command.DeleteLink c -> "unlink " + c.key().source();
                        })
                .sorted()
                .toList();
    }

    private static List<String> planned(DeployPlan plan) {
        return plan.commands().stream()
                .map(c -> {
                    var host = c.host().map(HostId::value).orElse("");
                    return switch (c.action()) {
                        case "scale" -> host + " scale " + c.subject() + " " + c.to();
                        case "startProvider" -> host + " start " + c.subject();
                        case "stopProvider" -> host + " stop " + c.subject();
                        case "putConfig" -> "put " + c.subject();
                        case "deleteConfig" -> "delete " + c.subject();
                        case "putLink" -> "link " + c.subject();
                        default -> "unlink " + c.subject();
                    };
                })
                .sorted()
                .toList();
    }

    @Test
    void whatAPlanShowsIsWhatADeploySends() { // P19
        world.begin();
        for (int i = 0; i < 5; i++) {
            world.host("N" + i);
        }
        world.run(Duration.ofSeconds(5));
        for (var next : List.of(shop("reg/api:1", 7), shop("reg/api:1", 4), shop("reg/api:2", 9))) {
            var plan = plan(next);
            assertThat(plan.possible()).isTrue();
            assertThat(plan.planHash()).isEqualTo(plan(next).planHash()).startsWith("sha256:");
            int sent = world.sent.size();
            world.deploy(next);
            world.run(Duration.ofSeconds(1));
            world.converge(Duration.ofMinutes(5));
            world.run(Duration.ofMinutes(1));
            assertThat(sentSince(sent)).isEqualTo(planned(plan));
            assertThat(plan(next).commands()).as("nothing is left to do").isEmpty();
        }
    }

    @Test
    void planningChangesNothing() {
        world.begin();
        world.host("N0");
        world.run(Duration.ofSeconds(5));
        world.deploy(shop("reg/api:1", 2));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        int sent = world.sent.size();
        assertThat(plan(shop("reg/api:2", 5)).commandCounts().scale()).isEqualTo(2);
        world.run(Duration.ofMinutes(2));
        assertThat(world.sent).hasSize(sent);
    }

    @Test
    void whatCannotBePlacedIsAProblemOfThePlan() {
        world.begin();
        world.host("N0");
        world.run(Duration.ofSeconds(5));
        var plan =
                plan(
                        app("shop")
                                .with(
                                        component(
                                                "api",
                                                "reg/api:1",
                                                instances(4),
                                                placement("{'maxPerHost': 3}")))
                                .build());
        assertThat(plan.possible()).isFalse();
        assertThat(plan.problems()).singleElement().asString().contains("3 of 4", "maxPerHost=3");
    }

    @Test
    void explainNamesWhatBindsAndWhatWouldFit() {
        world.begin();
        for (int i = 0; i < 12; i++) {
            world.host("N" + i, Map.of("region", i < 2 ? "eu" : "us"));
        }
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        scaler(
                                                10,
                                                where("us", "region", "us", 70),
                                                where("eu", "region", "eu", 30)),
                                        placement("{'maxPerHost': 1}")))
                        .build());
        world.run(Duration.ofSeconds(10));

        var explained = world.core.explain(SHOP, Optional.of(new HostId("N5"))).orElseThrow();

        var api = explained.components().getFirst();
        assertThat(api.wanted()).isEqualTo(10);
        assertThat(api.placed()).isEqualTo(9);
        var eu = api.spreads().getLast();
        assertThat(eu.target()).isEqualTo(3);
        assertThat(eu.placed()).isEqualTo(2);
        assertThat(eu.hostsTotal()).isEqualTo(12);
        assertThat(eu.eligible()).isEqualTo(2);
        assertThat(eu.filtered()).isEqualTo(Map.of("requirements region=eu", 10));
        assertThat(eu.exhausted()).isEqualTo(Map.of("maxPerHost=1", 2));
        assertThat(eu.binding()).containsExactly("maxPerHost=1");
        assertThat(eu.wouldFitIf()).containsExactly("maxPerHost>=2", "+1 host region=eu");
        var host = explained.host().orElseThrow().components().getFirst();
        assertThat(host.eligible()).isTrue();
        assertThat(world.core.explain(new AppName("none"), Optional.empty())).isEmpty();
    }
}
