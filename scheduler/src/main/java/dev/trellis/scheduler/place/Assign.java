package dev.trellis.scheduler.place;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Places the instances of one component, in this order of importance: hard limits, number placed,
 * no moves but forced ones, the bound on skew, fewest voluntary moves, evenness.
 *
 * <p>Example: hosts us0, us1, us2, eu0, eu1 with cap 4, 10 instances at 70/30: targets 7/3, placed
 * 2, 3, 2, 1, 2. When us1 dies its three go to us0 and us2; when it returns it stays empty, unless
 * a skew bound over the hosts asks for moves.
 */
public final class Assign {

    private Assign() {}

    /** Solves with the split of each host's load over its spreads derived from the loads. */
    public static Placement solve(PlacementProblem problem) {
        return solve(problem, new HostOrder(problem.app()));
    }

    /** As {@link #solve(PlacementProblem)}, with the hashes that {@code order} remembers. */
    public static Placement solve(PlacementProblem problem, HostOrder order) {
        if (!order.app().equals(problem.app())) {
            throw new IllegalArgumentException("host order of another app: " + order.app());
        }
        var layout = new Layout(problem, order);
        var split = new Split(layout);
        int[] loads = layout.loads(problem.load());
        int[] targets = Targets.of(problem, layout, loads);
        var state = new State(layout);
        place(state, split.derive(loads, targets), targets);
        var stuck = Drain.all(state);
        boolean guarded = split.overlaps() || !problem.isPlain();
        var guard =
                guarded && !problem.topology().isEmpty()
                        ? new OverlapGuard(state, split, targets)
                        : Repair.Guard.NONE;
        int repairs = new Repair(state, guard).run();
        return result(problem, state, targets, repairs, stuck);
    }

    /**
     * Solves from a given split in place of the problem's load, with repairs judged by it alone.
     * For comparison with the reference model; callers have no split to give.
     *
     * @param given spread name to host id to count
     */
    public static Placement solve(
            PlacementProblem problem, Map<String, ? extends Map<String, Integer>> given) {
        var layout = new Layout(problem, new HostOrder(problem.app()));
        int[][] split = layout.split(problem.spreads(), given);
        var loads = new int[layout.hosts()];
        Arrays.setAll(loads, host -> Arrays.stream(split).mapToInt(counts -> counts[host]).sum());
        int[] targets = Targets.of(problem, layout, loads);
        var state = new State(layout);
        place(state, split, targets);
        int repairs = new Repair(state, Repair.Guard.NONE).run();
        return result(problem, state, targets, repairs, Map.of());
    }

    private static void place(State state, int[][] split, int[] targets) {
        Steps.keep(state, split);
        Steps.trim(state, targets);
        Steps.fill(state, targets);
        Augment.all(state, targets);
        Ahead.settle(state);
    }

    private static Placement result(
            PlacementProblem problem,
            State state,
            int[] targets,
            int repairs,
            Map<String, Shortage> stuck) {
        var perSpread = new LinkedHashMap<String, SortedMap<String, Integer>>();
        var wanted = new LinkedHashMap<String, Integer>();
        var unplaced = new LinkedHashMap<String, Integer>();
        int seats = 0;
        for (int spread = 0; spread < targets.length; spread++) {
            var name = problem.spreads().get(spread).name();
            perSpread.put(name, state.layout.positive(state.count[spread]));
            wanted.put(name, targets[spread]);
            seats += targets[spread];
            if (targets[spread] > state.total[spread]) {
                unplaced.put(name, targets[spread] - state.total[spread]);
            }
        }
        if (problem.instances() > seats) {
            unplaced.put(Placement.NO_SPREAD, problem.instances() - seats);
        }
        var perHost =
                perSpread.size() == 1
                        ? perSpread.firstEntry().getValue()
                        : state.layout.positive(state.load);
        return new Placement(
                perHost,
                perSpread,
                wanted,
                unplaced,
                repairs,
                Measure.skews(state),
                stuck,
                unplaced.isEmpty() ? List.of() : Bottleneck.all(state, targets));
    }
}
