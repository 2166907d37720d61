package dev.trellis.scheduler.place;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Step B, 5: while the skew of a spread is above the bound and the budget lasts, moves one from its
 * fullest domain to its emptiest with room. Full domains don't count for the minimum: at 5/3/1 with
 * a bound of 1, where the third is full, one move to 4/4/1 is enough.
 */
final class Repair {

    /** Decides whether a move between two hosts is worth it. */
    interface Guard {
        Guard NONE = (_, _) -> true;

        boolean allows(int from, int to);
    }

    private final State state;
    private final int maxSkew;
    private final Guard guard;

    Repair(State state, int maxSkew, Guard guard) {
        this.state = state;
        this.maxSkew = maxSkew;
        this.guard = guard;
    }

    /**
     * A move for one spread can open or close a domain for another, so all are gone over until none
     * moves. Every move lowers the sum of the squares of that spread's domain loads, so this ends.
     */
    void run(int budget) {
        int left = budget;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int spread = 0; spread < state.total.length; spread++) {
                while (left > 0 && one(spread)) {
                    left--;
                    moved = true;
                }
            }
        }
    }

    private boolean one(int spread) {
        long[] loads = state.domainLoads(spread);
        int emptiest = emptiestWithRoom(spread, loads);
        if (emptiest < 0) {
            return false;
        }
        int fullest = fullest(loads);
        if (loads[fullest] - loads[emptiest] <= maxSkew) {
            return false;
        }
        int[][] domains = state.layout.domains[spread];
        int from = first(domains[fullest], Steps.fullest(state, spread), false);
        int to = first(domains[emptiest], Steps.emptiest(state, spread), true);
        if (!guard.allows(from, to)) {
            return false;
        }
        state.change(spread, from, -1);
        state.change(spread, to, 1);
        return true;
    }

    private int emptiestWithRoom(int spread, long[] loads) {
        int emptiest = -1;
        for (int domain = 0; domain < loads.length; domain++) {
            if ((emptiest < 0 || loads[domain] < loads[emptiest])
                    && Arrays.stream(state.layout.domains[spread][domain])
                            .anyMatch(state::hasRoom)) {
                emptiest = domain;
            }
        }
        return emptiest;
    }

    private static int fullest(long[] loads) {
        int fullest = 0;
        for (int domain = 1; domain < loads.length; domain++) {
            if (loads[domain] >= loads[fullest]) {
                fullest = domain;
            }
        }
        return fullest;
    }

    private int first(int[] hosts, Comparator<Integer> order, boolean roomOnly) {
        int first = -1;
        for (int host : hosts) {
            if ((!roomOnly || state.hasRoom(host))
                    && (first < 0 || order.compare(host, first) < 0)) {
                first = host;
            }
        }
        return first;
    }
}
