package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.placement;
import static dev.trellis.scheduler.step.Manifests.provider;
import static dev.trellis.scheduler.step.Manifests.scaler;
import static dev.trellis.scheduler.step.Manifests.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Trait;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.wanted.HostMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seeded worlds of zones, limits, drains and moves, with an observer who knows hosts alone. */
final class RandomPlacementsTest {
    private static final int SEEDS = Integer.getInteger("trellis.seeds", 60);
    private static final int FIRST = Integer.getInteger("trellis.seed", 0);

    @Test
    void limitsHoldAtEveryMomentAndEveryWorldComesToRest() { // Q4, Q10
        IntStream.range(FIRST, FIRST + SEEDS).parallel().forEach(RandomPlacementsTest::named);
    }

    private static void named(int seed) {
        try {
            oneWorld(seed);
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
        }
    }

    private static void oneWorld(int seed) {
        var random = new Random(seed);
        var world = new World(seed);
        var observer = new Observer(world);
        world.begin();
        int next = 0;
        for (int i = 4 + random.nextInt(5); i > 0; i--) {
            host(world, random, next++);
        }
        var deployed = version(random);
        world.deploy(deployed);
        world.run(Duration.ofSeconds(20));
        world.watch(observer::look);
        for (int step = 0; step < 14; step++) {
            world.run(Duration.ofMillis(random.nextInt(9000)));
            var ids = new ArrayList<>(world.hosts.keySet());
            var some = ids.isEmpty() ? "" : ids.get(random.nextInt(ids.size())).value();
            switch (random.nextInt(9)) {
                case 0, 1 -> host(world, random, next++);
                case 2 -> {
                    if (!some.isEmpty()) {
                        world.crash(some);
                    }
                }
                case 3, 4 -> {
                    if (!some.isEmpty()) {
                        mark(world, some, random.nextBoolean());
                    }
                }
                case 5 -> {
                    if (!some.isEmpty()) {
                        world.mark(some, Optional.empty());
                    }
                }
                case 6 -> world.input(0, new Input.Rebalance(new AppName("shop")));
                case 7 -> world.restart("shop");
                default -> world.run(Duration.ofSeconds(30));
            }
        }
        world.run(Duration.ofMinutes(25));
        int sent = world.sent.size();
        world.run(Duration.ofMinutes(5));
        assertThat(world.sent).as(() -> "comes to rest: " + world.describe()).hasSize(sent);
        var plan = world.core.planRebalance(new AppName("shop"));
        assertThat(plan).isPresent();
    }

    private static void mark(World world, String host, boolean draining) {
        var note = new HostMark.Note("somebody", world.now, "");
        world.mark(
                host,
                Optional.of(new HostMark(note, draining ? Optional.of(note) : Optional.empty())));
    }

    private static void host(World world, Random random, int n) {
        var labels = new TreeMap<String, String>();
        labels.put("zone", List.of("a", "b", "c").get(random.nextInt(3)));
        labels.put("disk", random.nextBoolean() ? "ssd" : "hdd");
        if (random.nextInt(5) == 0) {
            labels.put("placement.max-instances", "" + (1 + random.nextInt(3)));
        }
        world.host("N" + (100 + n), Map.copyOf(labels));
    }

    private static Manifest version(Random random) {
        var some = new ArrayList<String>();
        if (random.nextBoolean()) {
            some.add("'maxPerHost': " + (1 + random.nextInt(4)));
        }
        if (random.nextBoolean()) {
            some.add("'maxPerValue': [{'key': 'zone', 'max': " + (1 + random.nextInt(6)) + "}]");
        }
        if (random.nextBoolean()) {
            some.add(
                    "'topology': [{'key': 'zone', 'maxSkew': "
                            + (1 + random.nextInt(2))
                            + ", 'scope': '"
                            + (random.nextBoolean() ? "perSpread" : "component")
                            + "', 'whenUnsatisfiable': '"
                            + (random.nextBoolean() ? "hold" : "anyway")
                            + "'}"
                            + (random.nextBoolean() ? ", {'key': 'disk', 'maxSkew': 2}" : "")
                            + "]");
        }
        if (random.nextBoolean()) {
            some.add("'shortfall': 'redistribute'");
        }
        some.add(
                "'rebalance': {'mode': '"
                        + List.of("never", "onViolation", "always").get(random.nextInt(3))
                        + "', 'maxMoves': 3, 'per': '1m'}");
        Trait scaler =
                switch (random.nextInt(4)) {
                    case 0 -> daemon(1 + random.nextInt(2));
                    case 1 -> instances(1 + random.nextInt(12));
                    case 2 ->
                            scaler(
                                    1 + random.nextInt(12),
                                    where("a", "zone", "a", 50),
                                    where("b", "zone", "b", 30),
                                    where("c", "zone", "c", 20));
                    default ->
                            scaler(
                                    1 + random.nextInt(12),
                                    where("zone", "zone", "a", 50),
                                    where("fast", "disk", "ssd", 50));
                };
        var app =
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        scaler,
                                        placement("{" + String.join(", ", some) + "}")));
        if (random.nextBoolean()) {
            app.with(
                    provider(
                            "http",
                            "wasmcloud+builtin://http-server",
                            random.nextBoolean() ? daemon(1) : instances(2),
                            placement("{'exclusive': ['tcp/80']}"),
                            link("api")));
            app.with(
                    provider(
                            "other",
                            "reg/other:1",
                            instances(1 + random.nextInt(3)),
                            placement("{'exclusive': ['tcp/80']}")));
        }
        return app.build();
    }
}
