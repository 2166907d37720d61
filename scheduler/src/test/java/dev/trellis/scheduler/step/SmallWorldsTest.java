package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.instances;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every wanted count 0 to 3 on two hosts that already run 0 to 3 each. */
final class SmallWorldsTest {
    private static final WorkloadId API = new WorkloadId("shop-api");

    @Test
    void everySmallWorldConvergesAndThenNothingIsSent() {
        for (int wanted = 0; wanted <= 3; wanted++) {
            for (int a = 0; a <= 3; a++) {
                for (int b = 0; b <= 3; b++) {
                    converges(wanted, a, b);
                }
            }
        }
    }

    private static void converges(int wanted, int a, int b) {
        var world = new World(wanted * 16L + a * 4L + b);
        run(world.host("NA"), a);
        run(world.host("NB"), b);
        world.owned.put(
                new AppName("shop"),
                new Owned(
                        new TreeSet<>(List.of(API)),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>()));
        world.ownedRevisions.put(new AppName("shop"), 5L);
        world.run(Duration.ofSeconds(75)); // their host_started is out of the stream
        world.restartCore();
        world.deploy(app("shop").with(component("api", "reg/api:1", instances(wanted))).build());
        world.converge(Duration.ofMinutes(1));
        assertThat(world.instances("shop-api")).as(wanted + " of " + a + "+" + b).isEqualTo(wanted);
        world.run(Duration.ofSeconds(2));
        int commands = world.sent.size();
        world.run(Duration.ofMinutes(3));
        assertThat(world.sent).as("commands after it converged").hasSize(commands);
        assertThat(commands)
                .as("commands for " + wanted + " of " + a + "+" + b)
                .isLessThanOrEqualTo(2);
    }

    private static void run(FakeHost host, int count) {
        if (count > 0) {
            var annotations =
                    new TreeMap<>(
                            Map.of(
                                    "wasmcloud.dev/managed-by", "trellis",
                                    "trellis/manager", World.MANAGER,
                                    "wasmcloud.dev/appspec", "shop",
                                    "trellis/version", "1"));
            host.put(
                    API,
                    new Running(WorkloadKind.COMPONENT, "reg/api:1", annotations, count),
                    List.of());
        }
    }
}
