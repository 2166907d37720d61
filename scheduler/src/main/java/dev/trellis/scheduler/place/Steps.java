package dev.trellis.scheduler.place;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Step B, the first three: keep what can stay, trim what is too many, fill what is missing. */
final class Steps {

    private Steps() {}

    /**
     * 1. Keeps what eligibility and caps allow, lowest order first; the rest is removed by force.
     */
    static void keep(State state, int[][] split) {
        for (int spread = 0; spread < split.length; spread++) {
            for (int host : state.layout.eligible[spread]) {
                int cap = state.layout.slots[host].cap();
                int count = Math.min(split[spread][host], cap - state.load[host]);
                if (state.ties != null) {
                    count = (int) Math.min(count, state.ties.room(host));
                }
                if (count > 0) {
                    state.change(spread, host, count);
                }
            }
        }
    }

    /**
     * 2. Takes from the fullest domain, there from the most of this spread, then the highest order.
     */
    static void trim(State state, int[] targets) {
        for (int spread = 0; spread < targets.length; spread++) {
            int excess = state.total[spread] - targets[spread];
            if (excess > 0 && ofComponent(state.layout.problem)) {
                trimByComponent(state, spread, excess);
            } else if (excess > 0) {
                var levels = state.domainLoads(spread);
                Arrays.setAll(levels, domain -> -levels[domain]);
                new Pour(new Trimming(state, spread))
                        .over(state.layout.domains[spread], levels, excess);
            }
        }
    }

    private static boolean ofComponent(PlacementProblem problem) {
        return !problem.topology().isEmpty() && !problem.topology().getFirst().perSpread();
    }

    /** Domains are ranked by all instances of the component, so one spread can't be taken alone. */
    private static void trimByComponent(State state, int spread, int excess) {
        var ties = Objects.requireNonNull(state.ties);
        var order =
                Comparator.<Integer>comparingLong(host -> -ties.load(0, spread, host))
                        .thenComparing(fullest(state, spread));
        for (int left = excess; left > 0; left--) {
            int first = -1;
            for (int host : state.layout.eligible[spread]) {
                if (state.count[spread][host] > 0
                        && (first < 0 || order.compare(host, first) < 0)) {
                    first = host;
                }
            }
            state.change(spread, first, -1);
        }
    }

    /** 3. Adds to the emptiest domain, there to the emptiest host; fewest eligible hosts first. */
    static void fill(State state, int[] targets) {
        for (int spread : bySize(state.layout)) {
            int missing = targets[spread] - state.total[spread];
            if (missing > 0 && state.ties != null) {
                var fill = new CellFill(state, spread);
                while (missing > 0 && fill.one()) {
                    missing--;
                }
            } else if (missing > 0) {
                new Pour(new Filling(state, spread))
                        .over(state.layout.domains[spread], state.domainLoads(spread), missing);
            }
        }
    }

    /** The spreads by fewest eligible hosts, then as declared. */
    static List<Integer> bySize(Layout layout) {
        return IntStream.range(0, layout.spreads())
                .boxed()
                .sorted(Comparator.comparingInt(spread -> layout.eligible[spread].length))
                .toList();
    }

    /** Which host gets the next instance of a spread, within one domain. */
    static Comparator<Integer> emptiest(State state, int spread) {
        return Comparator.<Integer>comparingInt(host -> state.load[host])
                .thenComparingInt(host -> -state.layout.slots[host].prefer())
                .thenComparingInt(host -> state.count[spread][host])
                .thenComparing(Comparator.naturalOrder());
    }

    /** Which host gives an instance of a spread, within one domain; the first is taken. */
    static Comparator<Integer> fullest(State state, int spread) {
        return Comparator.<Integer>comparingInt(host -> -state.count[spread][host])
                .thenComparing(Comparator.reverseOrder());
    }

    private record Filling(State state, int spread) implements Pour.Vessel {
        @Override
        public long level(int host) {
            return state.load[host];
        }

        @Override
        public long room(int host) {
            return state.room(host);
        }

        @Override
        public void raise(int host, int by) {
            if (by > 0) {
                state.change(spread, host, by);
            }
        }

        @Override
        public Comparator<Integer> order() {
            return emptiest(state, spread);
        }
    }

    private record Trimming(State state, int spread) implements Pour.Vessel {
        @Override
        public long level(int host) {
            return -state.count[spread][host];
        }

        @Override
        public long room(int host) {
            return state.count[spread][host];
        }

        @Override
        public void raise(int host, int by) {
            if (by > 0) {
                state.change(spread, host, -by);
            }
        }

        @Override
        public Comparator<Integer> order() {
            return fullest(state, spread);
        }
    }
}
