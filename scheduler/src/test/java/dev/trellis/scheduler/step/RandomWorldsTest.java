package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.provider;
import static dev.trellis.scheduler.step.Manifests.spread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seeded worlds in which everything goes wrong for a while. */
final class RandomWorldsTest {
    private static final int SEEDS = Integer.getInteger("trellis.seeds", 300);
    private static final int FIRST = Integer.getInteger("trellis.seed", 0);

    @Test
    void everyWorldIsDeployedOnceFaultsEndAndThenQuiet() {
        IntStream.range(FIRST, FIRST + SEEDS).parallel().forEach(RandomWorldsTest::named);
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
        world.begin();
        int hosts = 2 + random.nextInt(5);
        for (int i = 0; i < hosts; i++) {
            world.host("N" + i, Map.of("zone", i % 2 == 0 ? "a" : "b"));
        }
        world.deploy(version(random, 1));
        world.faults =
                new World.Faults(
                        random.nextInt(30),
                        random.nextInt(30),
                        random.nextInt(20),
                        random.nextInt(20));
        int next = hosts;
        boolean held = false;
        boolean away = false;
        for (int step = 0; step < 12; step++) {
            world.run(Duration.ofMillis(random.nextInt(8000)));
            var ids = new ArrayList<>(world.hosts.keySet());
            var some = ids.isEmpty() ? "" : ids.get(random.nextInt(ids.size())).value();
            switch (random.nextInt(11)) {
                case 0 ->
                        world.host("N" + next++, Map.of("zone", random.nextBoolean() ? "a" : "b"));
                case 1 -> {
                    if (!some.isEmpty()) {
                        world.crash(some);
                    }
                }
                case 2 -> {
                    if (!some.isEmpty()) {
                        world.stopHost(some);
                    }
                }
                case 3 -> {
                    if (!some.isEmpty()) {
                        world.hang(some, true);
                    }
                }
                case 4 -> {
                    if (!some.isEmpty()) {
                        world.hang(some, false);
                    }
                }
                case 5 -> {
                    away = !away;
                    if (away) {
                        world.disconnect();
                    } else {
                        world.reconnect();
                    }
                }
                case 6 -> {
                    if (!away) {
                        world.restartCore();
                    }
                }
                case 7, 8 -> world.deploy(version(random, 1 + random.nextInt(3)));
                case 9 -> {
                    held = !held;
                    world.hold(held);
                }
                default -> world.restart("shop");
            }
        }
        if (away) {
            world.reconnect();
        }
        world.hold(false);
        world.faults = World.Faults.NONE;
        world.hosts.values().forEach(host -> host.hung = false);
        world.host("Na", Map.of("zone", "a"));
        world.host("Nb", Map.of("zone", "b"));
        world.converge(Duration.ofMinutes(12));
        world.run(Duration.ofMinutes(3));
        quiet(world);
        world.restartCore();
        world.converge(Duration.ofMinutes(2));
        int sent = world.sent.size();
        world.run(Duration.ofMinutes(2));
        assertThat(world.sent).as("commands of a new owner that finds all done").hasSize(sent);
        world.undeploy("shop");
        world.converge(Duration.ofMinutes(8));
        assertThat(world.links).isEmpty();
        assertThat(world.configs).as(world.describe()).isEmpty();
        assertThat(world.hosts.values()).allMatch(host -> host.entries.isEmpty());
    }

    /** Heartbeats and pings go on and change nothing: no command, no question. */
    private static void quiet(World world) {
        int sent = world.sent.size();
        int before = world.effects.size();
        world.run(Duration.ofMinutes(2));
        assertThat(world.sent).as("commands when all is done").hasSize(sent);
        assertThat(world.effects.subList(before, world.effects.size()))
                .as("effects when all is done")
                .allMatch(effect -> effect instanceof Effect.Ping);
    }

    private static Manifest version(Random random, int image) {
        var api = new ArrayList<Trait>();
        api.add(
                switch (random.nextInt(3)) {
                    case 0 -> instances(1 + random.nextInt(6));
                    case 1 -> daemon(1 + random.nextInt(2));
                    default ->
                            new Trait.SpreadScaler(
                                    1 + random.nextInt(6),
                                    List.of(spread("east", "a", 70), spread("west", "b", 30)));
                });
        api.add(link("store"));
        var app =
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:" + image,
                                        List.of(config("level", "k", "v" + random.nextInt(2))),
                                        api.toArray(Trait[]::new)))
                        .with(
                                provider(
                                        "store",
                                        "reg/store:" + (1 + random.nextInt(2)),
                                        instances(1)));
        if (random.nextBoolean()) {
            app.with(
                    provider(
                            "http",
                            "wasmcloud+builtin://http-server",
                            daemon(1),
                            link("api", config("port", "address", "0.0.0.0:8000"))));
        }
        return app.build();
    }
}
