package dev.trellis.scheduler.place;

import java.util.Comparator;
import java.util.Objects;

/**
 * Step B, 5: while a skew is above its bound and the budget lasts, moves one from the fullest
 * domain to the emptiest with room. Full domains don't count for the minimum: at 5/3/1 with a bound
 * of 1, where the third is full, one move to 4/4/1 is enough.
 */
final class Repair {

    /** Decides whether a move between two hosts is worth it. */
    interface Guard {
        Guard NONE = (_, _) -> true;

        boolean allows(int from, int to);
    }

    private final State state;
    private final PlacementProblem problem;
    private final Guard guard;

    Repair(State state, Guard guard) {
        this.state = state;
        this.problem = state.layout.problem;
        this.guard = guard;
    }

    /**
     * A move for one spread can open or close a domain for another, so all are gone over until none
     * moves. Every move lowers the sum of the squares of the domain loads, so this ends.
     *
     * @return the moves made
     */
    int run() {
        int entries =
                switch (problem.rebalance()) {
                    case NEVER -> 0;
                    case ON_VIOLATION, ALWAYS -> problem.topology().size();
                    case ONCE -> Math.min(1, problem.topology().size());
                };
        int left = problem.moves();
        boolean moved = entries > 0 && left > 0;
        while (moved) {
            moved = false;
            for (int entry = 0; entry < entries; entry++) {
                int moves = entry(entry, left);
                left -= moves;
                moved |= moves > 0;
            }
        }
        return problem.moves() - left;
    }

    private int entry(int entry, int budget) {
        var topology = problem.topology().get(entry);
        int bound = problem.rebalance() == Rebalance.ON_VIOLATION ? topology.maxSkew() : 1;
        int moves = 0;
        if (!topology.perSpread()) {
            while (moves < budget && ofComponent(entry, bound)) {
                moves++;
            }
            return moves;
        }
        for (int spread = 0; spread < state.total.length; spread++) {
            moves += ofSpread(entry, spread, bound, budget - moves);
        }
        return moves;
    }

    /** Makes up to {@code budget} moves for one spread and says how many. */
    private int ofSpread(int entry, int spread, int bound, int budget) {
        int[][] domains =
                entry == 0
                        ? state.layout.domains[spread]
                        : state.layout.groups(entry, state.layout.eligible[spread]);
        if (skew(state.sums(spread, domains), domains) <= bound) {
            return 0;
        }
        var ranking = new DomainRanking(state, spread, domains);
        int moves = 0;
        while (moves < budget && ranking.skew() > bound && one(spread, ranking, domains)) {
            moves++;
        }
        return moves;
    }

    /**
     * As {@link DomainRanking#skew}, without sorting: in most solves there is nothing to repair.
     */
    private long skew(long[] loads, int[][] domains) {
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

    private boolean one(int spread, DomainRanking ranking, int[][] domains) {
        int fullest = ranking.fullest();
        int emptiest = ranking.emptiestWithRoom();
        if (!move(spread, domains[fullest], domains[emptiest])) {
            return false;
        }
        ranking.changing(fullest, emptiest);
        ranking.changed(fullest, emptiest);
        return true;
    }

    /**
     * Of all spreads the one whose fullest and emptiest values are furthest apart, as the component
     * counts them.
     */
    private boolean ofComponent(int entry, int bound) {
        var ties = Objects.requireNonNull(state.ties);
        int best = -1;
        int[] bestFrom = {};
        int[] bestTo = {};
        long widest = bound;
        for (int spread = 0; spread < state.total.length; spread++) {
            long most = Long.MIN_VALUE;
            long least = Long.MAX_VALUE;
            int[] from = {};
            int[] to = {};
            for (int[] hosts : state.layout.groups(entry, state.layout.eligible[spread])) {
                long load = ties.load(entry, spread, hosts[0]);
                if (load >= most && state.sum(spread, hosts) > 0) {
                    most = load;
                    from = hosts;
                }
                if (load < least && state.anyRoom(hosts)) {
                    least = load;
                    to = hosts;
                }
            }
            if (from.length > 0 && to.length > 0 && most - least > widest) {
                widest = most - least;
                best = spread;
                bestFrom = from;
                bestTo = to;
            }
        }
        return best >= 0 && move(best, bestFrom, bestTo);
    }

    private boolean move(int spread, int[] givers, int[] takers) {
        int from = first(givers, Steps.fullest(state, spread), false);
        int to = first(takers, Steps.emptiest(state, spread), true);
        if (from < 0 || to < 0 || !guard.allows(from, to)) {
            return false;
        }
        long[] before = state.ties == null ? new long[0] : state.ties.excesses();
        state.change(spread, from, -1);
        state.change(spread, to, 1);
        if (state.ties != null && state.ties.isWorse(before, to)) {
            state.change(spread, from, 1);
            state.change(spread, to, -1);
            return false;
        }
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
