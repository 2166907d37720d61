package dev.trellis.scheduler.place;

/**
 * Lets a repair happen only if it lowers the sum of the squares of the domain loads under the split
 * derived from the loads. The split is derived again after a repair, so without this one repair
 * could undo another for ever; the sum depends on the loads alone, so repairs end.
 */
final class OverlapGuard implements Repair.Guard {

    private final State state;
    private final Split split;
    private final int[] targets;
    private long best;

    OverlapGuard(State state, Split split, int[] targets) {
        this.state = state;
        this.split = split;
        this.targets = targets;
        this.best = squares(state.load);
    }

    @Override
    public boolean allows(int from, int to) {
        var loads = state.load.clone();
        loads[from]--;
        loads[to]++;
        long after = squares(loads);
        if (after >= best) {
            return false;
        }
        best = after;
        return true;
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
