package dev.trellis.scheduler.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * P5: 100,000 instances over 10,000 hosts, weights 1 to 100, twenty predicates. Targets: 1 ms for
 * all of it, 50 µs when one host joins or leaves.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PlacementBenchmark {
    private static final int HOSTS = 10_000;
    private static final int INSTANCES = 100_000;
    private static final int PREDICATES = 20;

    @Param({"WADM", "WEBSTER"})
    String apportion = "WADM";

    private final HostOrder order = new HostOrder("shop");
    private PlacementProblem full = problem(0, Map.of());
    private PlacementProblem oneMore = full;
    private PlacementProblem oneLess = full;
    private PlacementProblem nothingNew = full;

    /** Places all of it once: what runs is where the changes begin. */
    @Setup
    public void place() {
        full = problem(0, Map.of());
        Map<String, Integer> running = Assign.solve(full, order).perHost();
        nothingNew = problem(0, running);
        oneMore = problem(1, running);
        oneLess = problem(-1, running);
    }

    private PlacementProblem problem(int more, Map<String, Integer> load) {
        var random = new Random(5);
        var hosts = new ArrayList<HostSlot>();
        var eligible = new ArrayList<List<String>>();
        for (int i = 0; i < PREDICATES; i++) {
            eligible.add(new ArrayList<>());
        }
        for (int i = 0; i < HOSTS + more; i++) {
            var id = "N%055d".formatted(i);
            hosts.add(HostSlot.open(id, Integer.MAX_VALUE));
            eligible.get(i % PREDICATES).add(id);
        }
        var spreads = new ArrayList<SpreadRule>();
        for (int i = 0; i < PREDICATES; i++) {
            spreads.add(SpreadRule.weighted("s" + i, 1 + random.nextInt(100), eligible.get(i)));
        }
        return new PlacementProblem(
                "shop",
                hosts,
                spreads,
                INSTANCES,
                Apportionment.valueOf(apportion),
                false,
                OptionalInt.empty(),
                0,
                load);
    }

    /** Nothing runs yet. */
    @Benchmark
    public Placement everything() {
        return Assign.solve(full, order);
    }

    /** All runs where it should. */
    @Benchmark
    public Placement nothingNew() {
        return Assign.solve(nothingNew, order);
    }

    /** All runs, and a host comes. */
    @Benchmark
    public Placement oneHostJoins() {
        return Assign.solve(oneMore, order);
    }

    /** All runs, and a host is gone. */
    @Benchmark
    public Placement oneHostLeaves() {
        return Assign.solve(oneLess, order);
    }
}
