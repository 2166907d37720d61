package dev.trellis.scheduler.place;

import java.util.OptionalLong;

/**
 * Lets a repair happen only if it lowers the sum of the squares of the loads by label value, over
 * all bounds, under the split derived from the loads. The split is derived again after a repair, so
 * without this one repair could undo another for ever, as could those for two labels; the sum
 * depends on the loads alone, so repairs end.
 */
final class OverlapGuard implements Repair.Guard {

    private final State state;
    private final Split split;
    private final int[] targets;

    /** By topology entry, then spread (one in all where the component is measured): its hosts. */
    private final int[][][][] groups;

    /** Of the loads as they stand; worked out when first asked, as most solves repair nothing. */
    private OptionalLong now = OptionalLong.empty();

    OverlapGuard(State state, Split split, int[] targets) {
        this.state = state;
        this.split = split;
        this.targets = targets;
        var layout = state.layout;
        var topology = layout.problem.topology();
        this.groups = new int[topology.size()][][][];
        for (int entry = 0; entry < groups.length; entry++) {
            boolean own = topology.get(entry).perSpread();
            groups[entry] = new int[own ? layout.spreads() : 1][][];
            for (int spread = 0; spread < groups[entry].length; spread++) {
                groups[entry][spread] =
                        layout.groups(entry, own ? layout.eligible[spread] : layout.anyEligible());
            }
        }
    }

    @Override
    public boolean allows(int from, int to) {
        var loads = state.load.clone();
        long before = now.orElseGet(() -> squares(state.load));
        loads[from]--;
        loads[to]++;
        long after = squares(loads);
        now = OptionalLong.of(Math.min(before, after));
        return after < before;
    }

    private long squares(int[] loads) {
        int[][] counts = split.derive(loads, targets);
        long sum = 0;
        for (int entry = 0; entry < groups.length; entry++) {
            boolean own = state.layout.problem.topology().get(entry).perSpread();
            for (int spread = 0; spread < groups[entry].length; spread++) {
                sum += squares(groups[entry][spread], own ? counts[spread] : loads);
            }
        }
        return sum;
    }

    private static long squares(int[][] groups, int[] counts) {
        long sum = 0;
        for (int[] hosts : groups) {
            long load = 0;
            for (int host : hosts) {
                load += counts[host];
            }
            sum += load * load;
        }
        return sum;
    }
}
