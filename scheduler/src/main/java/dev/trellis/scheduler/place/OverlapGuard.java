package dev.trellis.scheduler.place;

import java.util.OptionalLong;

/**
 * Lets a repair happen only if it lowers the sum of the squares of the domain loads under the split
 * derived from the loads. The split is derived again after a repair, so without this one repair
 * could undo another for ever; the sum depends on the loads alone, so repairs end.
 */
final class OverlapGuard implements Repair.Guard {

    private final State state;
    private final Split split;
    private final int[] targets;

    /** Of the loads as they stand; worked out when first asked, as most solves repair nothing. */
    private OptionalLong now = OptionalLong.empty();

    OverlapGuard(State state, Split split, int[] targets) {
        this.state = state;
        this.split = split;
        this.targets = targets;
    }

    @Override
    public boolean allows(int from, int to) {
        var loads = state.load.clone();
        loads[from]--;
        loads[to]++;
        long before = now.orElseGet(() -> squares(state.load));
        long after = squares(loads);
        now = OptionalLong.of(Math.min(before, after));
        return after < before;
    }

    private long squares(int[] loads) {
        int[][] counts = split.derive(loads, targets);
        long sum = 0;
        for (int spread = 0; spread < counts.length; spread++) {
            for (int[] hosts : state.layout.domains[spread]) {
                long load = 0;
                for (int host : hosts) {
                    load += counts[spread][host];
                }
                sum += load * load;
            }
        }
        return sum;
    }
}
