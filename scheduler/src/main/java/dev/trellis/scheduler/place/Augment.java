package dev.trellis.scheduler.place;

import java.util.ArrayDeque;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Step B, 4: places one more of a short spread by moving others along a path to a free host.
 *
 * <p>Example: {@code gpu} fits only host a, which is full of {@code any}; host b has room. One
 * {@code any} moves to b and {@code gpu} takes its place. Where a label value is full in place of
 * the host, any host with that value may give.
 */
final class Augment {

    private Augment() {}

    /**
     * A spread that wants a host, and the wish that made it want one: it is to leave {@code host}
     * so that the cause gets {@code place}.
     */
    private record Wish(int spread, int host, int place, @Nullable Wish cause) {}

    /** Places what it can of the missing; the spreads in the order of {@link Steps#fill}. */
    static void all(State state, int[] targets) {
        for (int spread : Steps.bySize(state.layout)) {
            boolean found = true;
            while (found && state.total[spread] < targets[spread]) {
                found = one(state, spread);
            }
        }
    }

    /** Breadth first; hosts by lowest order, the spreads on a host as they came there. */
    static boolean one(State state, int shortOf) {
        var queue = new ArrayDeque<Wish>();
        var reached = new BitSet();
        queue.add(new Wish(shortOf, -1, -1, null));
        reached.set(shortOf);
        while (!queue.isEmpty()) {
            var wish = queue.remove();
            for (int host : state.layout.eligible[wish.spread()]) {
                if (state.hasRoom(host) && grant(state, wish, host)) {
                    return true;
                }
                if (reached.cardinality() < state.total.length) {
                    reach(state, host, wish, reached, queue);
                }
            }
        }
        return false;
    }

    /** Whoever could make way for the wish on the host. */
    private static void reach(
            State state, int host, Wish wish, BitSet reached, ArrayDeque<Wish> queue) {
        var ties = state.ties;
        reachOn(state, host, host, wish, reached, queue);
        if (state.room(host) <= 0 || ties == null) {
            return;
        }
        for (int other = 0; other < state.load.length; other++) {
            if (state.load[other] > 0 && sharesFullValues(state, ties, host, other)) {
                reachOn(state, other, host, wish, reached, queue);
            }
        }
    }

    private static boolean sharesFullValues(State state, Ties ties, int host, int other) {
        for (int limit = 0; limit < state.layout.problem.maxPerValue().size(); limit++) {
            if (ties.isAtLimit(limit, host)
                    && ties.valueOfLimit(limit, host) != ties.valueOfLimit(limit, other)) {
                return false;
            }
        }
        return true;
    }

    private static void reachOn(
            State state, int from, int place, Wish wish, BitSet reached, ArrayDeque<Wish> queue) {
        for (int other : state.spreadsOn(from)) {
            if (!reached.get(other)) {
                reached.set(other);
                queue.add(new Wish(other, from, place, wish));
            }
        }
    }

    /** Moves all along the path; takes it back where that would break a limit or a bound. */
    private static boolean grant(State state, Wish wish, int free) {
        long[] before = state.ties == null ? new long[0] : state.ties.holding();
        shift(state, wish, free, 1);
        if (state.ties == null || holds(state, state.ties, wish, free, before)) {
            return true;
        }
        shift(state, wish, free, -1);
        return false;
    }

    private static void shift(State state, Wish wish, int free, int by) {
        state.change(wish.spread(), free, by);
        for (var next = wish; next.cause() != null; next = next.cause()) {
            state.change(next.spread(), next.host(), -by);
            state.change(next.cause().spread(), next.place(), by);
        }
    }

    private static boolean holds(State state, Ties ties, Wish wish, int free, long[] before) {
        if (!fits(state, ties, free)) {
            return false;
        }
        for (var next = wish; next.cause() != null; next = next.cause()) {
            if (!fits(state, ties, next.place())) {
                return false;
            }
        }
        return !exceeds(ties.holding(), before);
    }

    private static boolean exceeds(long[] after, long[] before) {
        for (int i = 0; i < after.length; i++) {
            if (after[i] > before[i]) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(State state, Ties ties, int host) {
        return state.load[host] <= state.layout.slots[host].cap() && !ties.isOverLimit(host);
    }
}
