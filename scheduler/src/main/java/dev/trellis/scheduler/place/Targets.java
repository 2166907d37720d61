package dev.trellis.scheduler.place;

import java.util.List;
import java.util.function.ToIntFunction;

/** Step A for a problem: the limits of its spreads, then the method it names. */
final class Targets {

    private Targets() {}

    /** By spread, in declared order. */
    static int[] of(PlacementProblem problem, Layout layout, int[] loads) {
        var spreads = problem.spreads();
        int[] weights = each(spreads, SpreadRule::weight);
        return switch (problem.apportion()) {
            case WADM -> spreads.isEmpty() ? weights : Apportion.wadm(problem.instances(), weights);
            case WEBSTER ->
                    Apportion.webster(
                            problem.instances(),
                            weights,
                            limits(problem, layout, loads),
                            each(spreads, SpreadRule::min));
        };
    }

    private static int[] limits(PlacementProblem problem, Layout layout, int[] loads) {
        int[] limits = each(problem.spreads(), SpreadRule::max);
        if (problem.redistribute()) {
            for (int spread = 0; spread < limits.length; spread++) {
                limits[spread] = (int) Math.min(limits[spread], capacity(layout, spread, loads));
            }
        }
        return limits;
    }

    /** A cordoned host can hold what it has and no more. */
    private static long capacity(Layout layout, int spread, int[] loads) {
        long capacity = 0;
        for (int host : layout.eligible[spread]) {
            var slot = layout.slots[host];
            capacity += slot.cordoned() ? Math.min(slot.cap(), loads[host]) : slot.cap();
        }
        return capacity;
    }

    private static int[] each(List<SpreadRule> spreads, ToIntFunction<SpreadRule> number) {
        return spreads.stream().mapToInt(number).toArray();
    }
}
