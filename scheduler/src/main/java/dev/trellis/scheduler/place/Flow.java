package dev.trellis.scheduler.place;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * How many instances of each class of hosts (those eligible for the same spreads) count for which
 * spread: a maximum flow from the classes to the spreads in which each spread, in declared order,
 * gets as much as it can. Units are then taken out of it one by one, the flow turning so that the
 * rest stays possible.
 */
final class Flow {

    /** By spread and class: whether the class is eligible for the spread. */
    private final boolean[][] open;

    /** By spread and class: not yet taken out. */
    private final long[][] flow;

    /** By class: what flows nowhere. */
    private final long[] spare;

    Flow(boolean[][] open, long[] supply, int[] demand) {
        this.open = open;
        this.spare = supply.clone();
        this.flow = new long[open.length][supply.length];
        for (int spread = 0; spread < demand.length; spread++) {
            long missing = demand[spread];
            while (missing > 0) {
                long more = augment(spread, missing);
                if (more == 0) {
                    break;
                }
                missing -= more;
            }
        }
    }

    /** What the spread still has in the flow. */
    long left(int spread) {
        return Arrays.stream(flow[spread]).sum();
    }

    /**
     * Takes a unit of the class out for the spread; false when the totals don't allow it any more.
     */
    boolean take(int spread, int from) {
        if (flow[spread][from] == 0 && !turn(spread, from)) {
            return false;
        }
        flow[spread][from]--;
        return true;
    }

    /** Sends up to {@code most} more to the spread along one path; 0 when there is none. */
    private long augment(int spread, long most) {
        var search = new Search();
        for (int c = 0; c < spare.length; c++) {
            if (open[spread][c]) {
                search.see(c, -1, spread);
            }
        }
        int end = search.run(spread, false);
        if (end < 0) {
            return 0;
        }
        long units = Math.min(most, Math.min(spare[end], search.bottleneck(end)));
        spare[end] -= units;
        search.shift(end, units);
        return units;
    }

    /** Brings a unit of the class to the spread, which gives one up elsewhere. */
    private boolean turn(int spread, int from) {
        var search = new Search();
        search.see(from, -1, spread);
        int end = search.run(spread, true);
        if (end < 0) {
            return false;
        }
        int given = flow[spread][end] > 0 ? end : anyOf(spread);
        if (given != end) {
            spare[end]--;
            spare[given]++;
        }
        flow[spread][given]--;
        search.shift(end, 1);
        return true;
    }

    private int anyOf(int spread) {
        int found = 0;
        while (flow[spread][found] == 0) {
            found++;
        }
        return found;
    }

    /** Breadth first from class to class: a spread that has units in one may move to another. */
    private final class Search {

        private final ArrayDeque<Integer> queue = new ArrayDeque<>();
        private final int[] before = new int[spare.length];
        private final int[] mover = new int[spare.length];
        private final boolean[] seen = new boolean[spare.length];

        void see(int c, int cameFrom, int spread) {
            if (!seen[c]) {
                seen[c] = true;
                before[c] = cameFrom;
                mover[c] = spread;
                queue.add(c);
            }
        }

        /** The first class with a unit to spare (or one that the spread itself gives up), or -1. */
        int run(int spread, boolean giving) {
            while (!queue.isEmpty()) {
                int c = queue.remove();
                if (spare[c] > 0 || (giving && flow[spread][c] > 0)) {
                    return c;
                }
                for (int other = 0; other < flow.length; other++) {
                    if (other != spread && flow[other][c] > 0) {
                        seeAll(c, other);
                    }
                }
            }
            return -1;
        }

        private void seeAll(int c, int other) {
            for (int next = 0; next < spare.length; next++) {
                if (open[other][next]) {
                    see(next, c, other);
                }
            }
        }

        long bottleneck(int end) {
            long units = Long.MAX_VALUE;
            for (int c = end; before[c] >= 0; c = before[c]) {
                units = Math.min(units, flow[mover[c]][before[c]]);
            }
            return units;
        }

        void shift(int end, long units) {
            int c = end;
            for (; before[c] >= 0; c = before[c]) {
                flow[mover[c]][c] += units;
                flow[mover[c]][before[c]] -= units;
            }
            flow[mover[c]][c] += units;
        }
    }
}
