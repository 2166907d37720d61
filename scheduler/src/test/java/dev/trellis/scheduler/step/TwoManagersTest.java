package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.scaler;
import static dev.trellis.scheduler.step.Manifests.where;
import static dev.trellis.scheduler.step.Manifests.withId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.WorkloadId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two managers that share hosts and know nothing of each other's store. */
final class TwoManagersTest {
    private static final WorkloadId API = new WorkloadId("shop-api");
    private final World one = new World(51);
    private final World two = new World(52, "manager-2");

    /** Both go on; each hears by heartbeats what the other did to the hosts. */
    private void run(Duration time) {
        for (var left = time; left.isPositive(); left = left.minusMillis(500)) {
            for (var world : new World[] {one, two}) {
                world.run(Duration.ofMillis(500));
            }
            for (var world : new World[] {one, two}) {
                world.hosts
                        .values()
                        .forEach(h ->
                                world.publish(
                                        new LatticeEvent.HostHeartbeat(h.inventory(world.now))));
            }
        }
    }

    private int on(String host) {
        return Objects.requireNonNull(one.hosts.get(new HostId(host))).instances(API);
    }

    private static String degraded(World world, String app) {
        return world.status(app).conditions().stream()
                .filter(c -> c.type().equals("Degraded") && c.reason().equals("Foreign"))
                .findFirst()
                .orElseThrow()
                .message();
    }

    @Test
    @DisplayName("B14: of two managers neither touches what the other runs under an id of its own")
    void b14NeitherOfTwoManagersTouchesWhatIsTheOthers() {
        one.begin();
        two.begin();
        for (var zone : new String[] {"a", "b"}) {
            two.host("N" + zone, Map.of("zone", zone));
            var shared = one.host("N" + zone, Map.of("zone", zone));
            two.hosts.put(shared.id, shared);
        }
        one.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        scaler(3, where("a", "zone", "a", 100))))
                        .build());
        run(Duration.ofSeconds(10));
        two.deploy(
                app("late")
                        .with(withId("shop-api", component("api", "reg/api:2", instances(4))))
                        .build());
        run(Duration.ofMinutes(1));
        assertThat(on("Na")).isEqualTo(3);
        assertThat(on("Nb")).isEqualTo(4);
        assertThat(degraded(two, "late")).contains("Na").doesNotContain("Nb");

        one.deploy(app("shop").with(component("api", "reg/api:1", daemon(2))).build());
        run(Duration.ofMinutes(1));
        assertThat(on("Na")).isEqualTo(2);
        assertThat(on("Nb")).isEqualTo(4);
        assertThat(degraded(one, "shop")).contains("Nb").doesNotContain("Na");

        one.undeploy("shop");
        run(Duration.ofMinutes(1));
        assertThat(on("Na") + on("Nb")).as("the other has its four, wherever").isEqualTo(4);
        assertThat(on("Nb")).isPositive();
    }
}
