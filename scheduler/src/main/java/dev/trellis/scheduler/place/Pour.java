package dev.trellis.scheduler.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Pours units over hosts in groups as if one at a time: each to the lowest group with room, there
 * to the lowest host, each unit raising both by one. Whole levels are poured at once, so the cost
 * depends on the hosts and not on the units: 7 units over hosts at 0, 1 and 4 raise the first two
 * to 4 in one step; an eighth goes to the first of the three by tie-break.
 */
final class Pour {

    /** What is poured into. Trimming pours as well: levels are then negative counts. */
    interface Vessel {
        long level(int host);

        long room(int host);

        void raise(int host, int by);

        /** Total over hosts: by level, then tie-breaks. */
        Comparator<Integer> order();
    }

    private final Vessel vessel;
    private final Comparator<Integer> order;

    Pour(Vessel vessel) {
        this.vessel = vessel;
        this.order = vessel.order();
    }

    /**
     * Pours {@code units}, or as many as there is room for, over groups that stand at {@code
     * levels}.
     */
    void over(int[][] groups, long[] levels, int units) {
        var rooms = new long[groups.length];
        Arrays.setAll(rooms, group -> room(groups[group]));
        long top = top(levels, rooms, units);
        long rest = units;
        var next = new ArrayList<Integer>();
        for (int group = 0; group < groups.length; group++) {
            long share = share(levels[group], rooms[group], top);
            within(groups[group], share);
            rest -= share;
            if (levels[group] + share == top && share < rooms[group]) {
                next.add(lowest(groups[group]));
            }
        }
        topUp(next, rest);
    }

    private void within(int[] hosts, long units) {
        if (units == 0) {
            return;
        }
        var levels = Arrays.stream(hosts).mapToLong(vessel::level).toArray();
        var rooms = Arrays.stream(hosts).mapToLong(vessel::room).toArray();
        long top = top(levels, rooms, units);
        long rest = units;
        var next = new ArrayList<Integer>();
        for (int i = 0; i < hosts.length; i++) {
            long share = share(levels[i], rooms[i], top);
            vessel.raise(hosts[i], (int) share);
            rest -= share;
            if (levels[i] + share == top && share < rooms[i]) {
                next.add(hosts[i]);
            }
        }
        topUp(next, rest);
    }

    /** What is left is less than a level: at most one more each, the first by order. */
    private void topUp(List<Integer> next, long rest) {
        if (rest > 0) {
            next.sort(order);
            next.stream().limit(rest).forEach(host -> vessel.raise(host, 1));
        }
    }

    private long room(int[] hosts) {
        long room = 0;
        for (int host : hosts) {
            room += vessel.room(host);
        }
        return room;
    }

    private int lowest(int[] hosts) {
        int lowest = -1;
        for (int host : hosts) {
            if (vessel.room(host) > 0 && (lowest < 0 || order.compare(host, lowest) < 0)) {
                lowest = host;
            }
        }
        return lowest;
    }

    /** The highest level to which everything can be raised with {@code units}. */
    private static long top(long[] levels, long[] rooms, long units) {
        long low = Arrays.stream(levels).min().orElse(0);
        long high = Arrays.stream(levels).max().orElse(0) + units + 1;
        while (low + 1 < high) {
            long middle = Math.floorDiv(low + high, 2L);
            if (needed(levels, rooms, middle) <= units) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long needed(long[] levels, long[] rooms, long top) {
        long needed = 0;
        for (int i = 0; i < levels.length; i++) {
            needed += share(levels[i], rooms[i], top);
        }
        return needed;
    }

    private static long share(long level, long room, long top) {
        return Math.clamp(top - level, 0, room);
    }
}
