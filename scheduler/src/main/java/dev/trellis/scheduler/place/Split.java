package dev.trellis.scheduler.place;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.PriorityQueue;

/**
 * Derives from the loads of hosts for which spreads they count; never stored.
 *
 * <p>Example: hosts a (eligible for {@code any} and {@code gpu}) and b ({@code any} only) run 2
 * each, targets 2 and 2. The flow lets {@code any} have 2; were both taken from a, {@code gpu}
 * would get none, so they come from b, and a counts for {@code gpu}.
 */
final class Split {

    private final Layout layout;

    /** By host: its class; hosts of one class are eligible for the same spreads. */
    private final int[] classes;

    private final boolean[][] open;
    private final boolean overlaps;

    Split(Layout layout) {
        this.layout = layout;
        this.overlaps = layout.overlaps();
        this.classes = new int[layout.hosts()];
        int known = 1;
        // without overlap nothing flows, and the classes are not asked for
        for (int[] hosts : overlaps ? layout.eligible : new int[0][]) {
            var refined = new HashMap<Integer, Integer>();
            for (int host : hosts) {
                refined.putIfAbsent(classes[host], known + refined.size());
                classes[host] = refined.getOrDefault(classes[host], 0);
            }
            known += refined.size();
        }
        this.open = new boolean[layout.spreads()][known];
        for (int spread = 0; overlaps && spread < open.length; spread++) {
            for (int host : layout.eligible[spread]) {
                open[spread][classes[host]] = true;
            }
        }
    }

    boolean overlaps() {
        return overlaps;
    }

    /** By spread and host. Loads where no spread is eligible are in none. */
    int[][] derive(int[] loads, int[] targets) {
        var left = loads.clone();
        var split = new int[layout.spreads()][layout.hosts()];
        if (overlaps) {
            takeFlow(split, left, targets);
        }
        for (int spread = 0; spread < split.length; spread++) {
            for (int host : layout.eligible[spread]) {
                split[spread][host] += left[host];
                left[host] = 0;
            }
        }
        return split;
    }

    private void takeFlow(int[][] split, int[] left, int[] targets) {
        var supply = new long[open.length == 0 ? 0 : open[0].length];
        for (int host = 0; host < left.length; host++) {
            supply[classes[host]] += left[host];
        }
        var flow = new Flow(open, supply, targets);
        for (int spread = 0; spread < split.length; spread++) {
            new Taking(spread, split[spread], left, flow).run();
        }
    }

    /** Takes the units of one spread out of the flow, from the emptiest domain first. */
    private final class Taking {

        private final int spread;
        private final int[] count;
        private final int[] left;
        private final Flow flow;
        private final boolean[] closed;

        Taking(int spread, int[] count, int[] left, Flow flow) {
            this.spread = spread;
            this.count = count;
            this.left = left;
            this.flow = flow;
            this.closed = new boolean[open[spread].length];
        }

        void run() {
            long units = flow.left(spread);
            var domains = new PriorityQueue<Domain>();
            for (int[] hosts : layout.domains[spread]) {
                offer(domains, new Domain(hosts));
            }
            while (units > 0) {
                var domain = domains.remove();
                if (takeOne(domain)) {
                    units--;
                }
                offer(domains, domain);
            }
        }

        private boolean takeOne(Domain domain) {
            int host = domain.hosts.remove();
            // What a class cannot give now it can't give later either: the choice only shrinks.
            if (closed[classes[host]] || !flow.take(spread, classes[host])) {
                closed[classes[host]] = true;
                return false;
            }
            count[host]++;
            left[host]--;
            domain.load++;
            if (left[host] > 0) {
                domain.hosts.add(host);
            }
            return true;
        }

        private void offer(PriorityQueue<Domain> domains, Domain domain) {
            if (!domain.hosts.isEmpty()) {
                domains.add(domain);
            }
        }

        private final class Domain implements Comparable<Domain> {

            private final PriorityQueue<Integer> hosts = new PriorityQueue<>(fewest());
            private long load;

            Domain(int[] members) {
                Arrays.stream(members).filter(host -> left[host] > 0).forEach(hosts::add);
            }

            @Override
            public int compareTo(Domain other) {
                int byLoad = Long.compare(load, other.load);
                return byLoad != 0
                        ? byLoad
                        : fewest().compare(hosts.element(), other.hosts.element());
            }
        }

        private Comparator<Integer> fewest() {
            return Comparator.<Integer>comparingInt(host -> count[host])
                    .thenComparing(Comparator.naturalOrder());
        }
    }
}
