package dev.trellis.scheduler.place;

import java.util.ArrayDeque;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Step B, 4: places one more of a short spread by moving others along a path to a free host.
 *
 * <p>Example: {@code gpu} fits only host a, which is full of {@code any}; host b has room. One
 * {@code any} moves to b and {@code gpu} takes its place.
 */
final class Augment {

    private Augment() {}

    /**
     * A spread that wants a host, and the wish that made it want one: it is to leave {@code host}.
     */
    private record Wish(int spread, int host, @Nullable Wish cause) {}

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
    private static boolean one(State state, int shortOf) {
        var queue = new ArrayDeque<Wish>();
        var reached = new BitSet();
        queue.add(new Wish(shortOf, -1, null));
        reached.set(shortOf);
        while (!queue.isEmpty()) {
            var wish = queue.remove();
            for (int host : state.layout.eligible[wish.spread()]) {
                if (state.hasRoom(host)) {
                    grant(state, wish, host);
                    return true;
                }
                if (reached.cardinality() < state.total.length) {
                    reach(state, host, wish, reached, queue);
                }
            }
        }
        return false;
    }

    private static void reach(
            State state, int host, Wish wish, BitSet reached, ArrayDeque<Wish> queue) {
        for (int other : state.spreadsOn(host)) {
            if (!reached.get(other)) {
                reached.set(other);
                queue.add(new Wish(other, host, wish));
            }
        }
    }

    private static void grant(State state, Wish wish, int free) {
        state.change(wish.spread(), free, 1);
        for (var next = wish; next.cause() != null; next = next.cause()) {
            state.change(next.spread(), next.host(), -1);
            state.change(next.cause().spread(), next.host(), 1);
        }
    }
}
