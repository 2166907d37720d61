package dev.trellis.scheduler.place;

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
                int moves = spread(spread, left);
                left -= moves;
                moved |= moves > 0;
            }
        }
    }

    /** Makes up to {@code budget} moves for one spread and says how many. */
    private int spread(int spread, int budget) {
        if (skew(spread) <= maxSkew) {
            return 0;
        }
        var ranking = new DomainRanking(state, spread);
        int moves = 0;
        while (moves < budget && ranking.skew() > maxSkew && one(spread, ranking)) {
            moves++;
        }
        return moves;
    }

    /**
     * As {@link DomainRanking#skew}, without sorting: in most solves there is nothing to repair.
     */
    private long skew(int spread) {
        int[][] domains = state.layout.domains[spread];
        long[] loads = state.domainLoads(spread);
        long most = 0;
        long least = Long.MAX_VALUE;
        for (int domain = 0; domain < loads.length; domain++) {
            most = Math.max(most, loads[domain]);
            if (loads[domain] < least && state.anyRoom(domains[domain])) {
                least = loads[domain];
            }
        }
        return Math.max(0, most - least);
    }

    private boolean one(int spread, DomainRanking ranking) {
        int fullest = ranking.fullest();
        int emptiest = ranking.emptiestWithRoom();
        int[][] domains = state.layout.domains[spread];
        int from = first(domains[fullest], Steps.fullest(state, spread), false);
        int to = first(domains[emptiest], Steps.emptiest(state, spread), true);
        if (!guard.allows(from, to)) {
            return false;
        }
        ranking.changing(fullest, emptiest);
        state.change(spread, from, -1);
        state.change(spread, to, 1);
        ranking.changed(fullest, emptiest);
        return true;
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
