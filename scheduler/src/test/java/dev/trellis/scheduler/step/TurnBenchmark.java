package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.daemon;

import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.WorkloadId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one turn costs in a settled lattice of 1,000 hosts with ten apps on each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TurnBenchmark {
    private static final int HOSTS = 1000;
    private static final int APPS = 10;

    private final World world = new World(1);
    private final List<List<Input>> heartbeats = new ArrayList<>();
    private final List<Input> scaled = new ArrayList<>();
    private int next;

    /** Lets the lattice converge. */
    @Setup
    public void converge() {
        world.begin();
        for (int i = 0; i < HOSTS; i++) {
            world.host("N" + (10_000 + i));
        }
        for (int i = 0; i < APPS; i++) {
            var image = "reg/app" + i + ":1";
            world.deploy(app("app" + i).with(component("c", image, daemon(1))).build());
        }
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofSeconds(5));
        for (var host : world.hosts.values()) {
            var event = new LatticeEvent.HostHeartbeat(host.inventory(world.now));
            heartbeats.add(List.of(new Input.Event(event, world.now)));
            for (int i = 0; i < APPS; i++) {
                var id = new WorkloadId("app" + i + "-c");
                var running =
                        Optional.ofNullable(host.entries.get(id)).map(FakeHost.Entry::running);
                var again = new LatticeEvent.ComponentScaled(host.id, id, running);
                scaled.add(new Input.Event(again, world.now));
            }
        }
    }

    /** Most of all turns ever taken. */
    @Benchmark
    public List<Effect> unchangedHeartbeat() {
        next = (next + 1) % HOSTS;
        return world.core.turn(heartbeats.get(next), world.now);
    }

    /** A burst, as after a wide deploy, in one turn. */
    @Benchmark
    public List<Effect> tenThousandScaled() {
        return world.core.turn(scaled, world.now);
    }
}
