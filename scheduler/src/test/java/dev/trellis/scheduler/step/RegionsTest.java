package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.placement;
import static dev.trellis.scheduler.step.Manifests.scaler;
import static dev.trellis.scheduler.step.Manifests.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.WorkloadId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Three regions of two zones of four hosts, mixed spreads, an observer who knows hosts alone. */
final class RegionsTest {
    private static final WorkloadId API = new WorkloadId("shop-api");
    private static final WorkloadId CACHE = new WorkloadId("shop-cache");
    private static final List<String> REGIONS = List.of("eu", "us", "ap");

    private final World world = new World(7);
    private final Observer observer = new Observer(world);

    private void zone(String region, int zone, int generation) {
        for (int host = 0; host < 4; host++) {
            world.host(
                    region + zone + host + "g" + generation,
                    Map.of("region", region, "zone", region + zone));
        }
    }

    private void crash(String prefix) {
        var gone = new ArrayList<String>();
        world.hosts
                .keySet()
                .forEach(id -> {
                    if (id.value().startsWith(prefix)) {
                        gone.add(id.value());
                    }
                });
        gone.forEach(world::crash);
    }

    private void deployed() {
        world.watch(observer::look);
        world.begin();
        for (var region : REGIONS) {
            zone(region, 1, 1);
            zone(region, 2, 1);
        }
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        scaler(
                                                24,
                                                where("eu", "region", "eu", 50),
                                                where("us", "region", "us", 30),
                                                where("ap", "region", "ap", 20)),
                                        placement(
                                                """
                                                {'maxPerHost': 3,
                                                 'maxPerValue': [{'key': 'zone', 'max': 10}],
                                                 'topology': [{'key': 'zone', 'maxSkew': 1}],
                                                 'rebalance': {'mode': 'onViolation',
                                                   'maxMoves': 4, 'per': '1m'},
                                                 'shortfall': 'redistribute'}
                                                """)))
                        .with(
                                component(
                                        "cache",
                                        "reg/cache:1",
                                        scaler(
                                                6,
                                                where("near", "region", "eu", 100),
                                                where("any", "none", "x", 0)),
                                        placement("{'maxPerHost': 1}")))
                        .build());
        world.converge(Duration.ofMinutes(3));
    }

    @Test
    void aZoneAndThenARegionDieAndComeBack() {
        deployed();
        assertThat(observer.byValue(API, "region")).isEqualTo(Map.of("eu", 12, "us", 7, "ap", 5));
        assertThat(observer.byValue(API, "zone"))
                .containsEntry("eu1", 6)
                .containsEntry("eu2", 6)
                .allSatisfy((_, n) -> assertThat(n).isBetween(2, 6));
        assertThat(world.instances("shop-cache")).isEqualTo(6);

        int sent = world.sent.size();
        crash("eu1");
        world.run(Duration.ofSeconds(10));
        assertThat(observer.byValue(API, "zone")).containsEntry("eu2", 10);
        assertThat(world.instances("shop-api")).isEqualTo(22);
        assertThat(world.status("shop").message()).contains("2 of spread eu", "maxPerValue zone");
        assertThat(world.instances("shop-cache")).isEqualTo(4);
        // four hosts gain of api, one of them cache too
        assertThat(world.sent.size() - sent).as("one command for each that gains").isEqualTo(5);

        crash("eu2");
        world.run(Duration.ofSeconds(10));
        assertThat(world.instances("shop-api")).isEqualTo(24);
        assertThat(world.instances("shop-cache")).isZero();

        zone("eu", 1, 2);
        zone("eu", 2, 2);
        world.run(Duration.ofMinutes(20));
        world.converge(Duration.ofMinutes(1));
        assertThat(observer.byValue(API, "region")).isEqualTo(Map.of("eu", 12, "us", 7, "ap", 5));
        assertThat(observer.byValue(API, "zone")).containsEntry("eu1", 6).containsEntry("eu2", 6);
        assertThat(observer.byValue(CACHE, "region")).containsEntry("eu", 6);

        int before = world.sent.size();
        world.run(Duration.ofMinutes(5));
        assertThat(world.sent).as("commands over five minutes of heartbeats").hasSize(before);
        assertThat(observer.looks()).isGreaterThan(1000);
    }
}
