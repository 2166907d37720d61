package dev.trellis.scheduler.place;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what is in the way of spreads that are short: follows every way in which one more could be
 * placed, as {@link Augment} does, and notes the limit at which each ends.
 */
final class Bottleneck {

    private final State state;
    private final TreeSet<String> full = new TreeSet<>();
    private final TreeSet<String> closed = new TreeSet<>();
    private final TreeMap<Integer, TreeSet<String>> values = new TreeMap<>();
    private final TreeSet<Integer> bounds = new TreeSet<>();

    private Bottleneck(State state) {
        this.state = state;
    }

    /** One for each spread that is short, and one for what no spread can take. */
    static List<Shortage> all(State state, int[] targets) {
        var problem = state.layout.problem;
        var shortages = new ArrayList<Shortage>();
        long seats = 0;
        for (int spread = 0; spread < targets.length; spread++) {
            seats += targets[spread];
            int missing = targets[spread] - state.total[spread];
            if (missing > 0) {
                shortages.add(of(state, spread, missing));
            }
        }
        if (problem.instances() > seats) {
            int missing = (int) (problem.instances() - seats);
            shortages.add(new Shortage(Placement.NO_SPREAD, missing, ofAllSpreads(state, targets)));
        }
        return shortages;
    }

    /** What keeps one more of the spread from being placed. */
    static Shortage of(State state, int spread, int missing) {
        var from = new BitSet();
        from.set(spread);
        var name = state.layout.problem.spreads().get(spread).name();
        return new Shortage(name, missing, new Bottleneck(state).of(from, List.of()));
    }

    private static List<Shortage.Block> ofAllSpreads(State state, int[] targets) {
        var problem = state.layout.problem;
        var blocks = new ArrayList<Shortage.Block>();
        var rest = new BitSet();
        for (int spread = 0; spread < targets.length; spread++) {
            var rule = problem.spreads().get(spread);
            if (targets[spread] >= rule.max()) {
                blocks.add(new Shortage.Block.Max(rule.name(), rule.max()));
            } else {
                rest.set(spread);
            }
        }
        return rest.isEmpty() && !blocks.isEmpty()
                ? blocks
                : new Bottleneck(state).of(rest, blocks);
    }

    private List<Shortage.Block> of(BitSet start, List<Shortage.Block> known) {
        follow(start);
        var problem = state.layout.problem;
        var blocks = new ArrayList<>(known);
        if (!full.isEmpty()) {
            blocks.add(new Shortage.Block.Cap(List.copyOf(full)));
        }
        if (!closed.isEmpty()) {
            blocks.add(new Shortage.Block.Closed(List.copyOf(closed)));
        }
        values.forEach((limit, of) ->
                blocks.add(
                        new Shortage.Block.Value(
                                problem.maxPerValue().get(limit), List.copyOf(of))));
        bounds.forEach(at -> blocks.add(new Shortage.Block.Bound(problem.topology().get(at))));
        if (blocks.isEmpty()) {
            blocks.add(new Shortage.Block.NoHost());
        }
        return blocks;
    }

    private void follow(BitSet start) {
        var reached = (BitSet) start.clone();
        var queue = new ArrayDeque<Integer>();
        start.stream().forEach(queue::add);
        while (!queue.isEmpty()) {
            int spread = queue.remove();
            for (int host : state.layout.eligible[spread]) {
                note(spread, host);
                for (int other : state.spreadsOn(host)) {
                    if (!reached.get(other)) {
                        reached.set(other);
                        queue.add(other);
                    }
                }
            }
        }
    }

    private void note(int spread, int host) {
        var slot = state.layout.slots[host];
        if (slot.cordoned()) {
            closed.add(slot.id());
        } else if (state.room(host) <= 0) {
            full.add(slot.id());
        } else if (state.ties != null) {
            noteTies(state.ties, spread, host);
        }
    }

    private void noteTies(Ties ties, int spread, int host) {
        boolean below = true;
        int limits = state.layout.problem.maxPerValue().size();
        for (int limit = 0; limit < limits; limit++) {
            if (ties.isAtLimit(limit, host)) {
                below = false;
                values.computeIfAbsent(limit, _ -> new TreeSet<>())
                        .add(ties.nameOfLimit(limit, host));
            }
        }
        int broken = ties.broken(spread, host, ties.ceilings(spread));
        if (below && broken >= 0) {
            bounds.add(broken);
        }
    }
}
