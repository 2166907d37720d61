package dev.trellis.scheduler.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * What ties hosts together: limits by label value, and bounds on the skew. Hosts with the same
 * values that are eligible for the same spreads form a class, because nothing here tells them
 * apart.
 */
final class Ties {

    private final PlacementProblem problem;

    /** By dimension and host: its value as a number, in the order of the labels. */
    final int[][] value;

    /** By dimension: the labels, sorted. */
    final String[][] names;

    /** By host. */
    final int[] classOf;

    /** By class: one of its hosts, which stands for all. */
    private final int[] standsFor;

    /** By spread and class. */
    private final boolean[][] eligible;

    /** By class: hosts with room under their cap. */
    private final int[] open;

    private final boolean[] isOpen;

    /** By dimension, spread (the last: the component) and value. */
    private final long[][][] loads;

    Ties(Layout layout) {
        problem = layout.problem;
        int dimensions = problem.dimensions();
        int hosts = layout.hosts();
        value = new int[dimensions][hosts];
        names = new String[dimensions][];
        loads = new long[dimensions][layout.spreads() + 1][];
        for (int dimension = 0; dimension < dimensions; dimension++) {
            number(layout, dimension);
        }
        classOf = new int[hosts];
        standsFor = classes(layout);
        eligible = new boolean[layout.spreads()][standsFor.length];
        for (int spread = 0; spread < eligible.length; spread++) {
            for (int host : layout.eligible[spread]) {
                eligible[spread][classOf[host]] = true;
            }
        }
        open = new int[standsFor.length];
        isOpen = new boolean[hosts];
        for (int host = 0; host < hosts; host++) {
            var slot = layout.slots[host];
            opened(host, !slot.cordoned() && slot.cap() > 0);
        }
    }

    private void number(Layout layout, int dimension) {
        var known = new TreeMap<String, Integer>();
        for (var slot : layout.slots) {
            known.put(slot.value(dimension), 0);
        }
        int next = 0;
        for (var entry : known.entrySet()) {
            entry.setValue(next++);
        }
        names[dimension] = known.keySet().toArray(String[]::new);
        for (int host = 0; host < layout.hosts(); host++) {
            value[dimension][host] = known.getOrDefault(layout.slots[host].value(dimension), 0);
        }
        for (int spread = 0; spread < loads[dimension].length; spread++) {
            loads[dimension][spread] = new long[names[dimension].length];
        }
    }

    private int[] classes(Layout layout) {
        var spreads = new long[layout.hosts()][(layout.spreads() + 63) / 64];
        for (int spread = 0; spread < layout.spreads(); spread++) {
            for (int host : layout.eligible[spread]) {
                spreads[host][spread / 64] |= 1L << (spread % 64);
            }
        }
        var known = new HashMap<List<Object>, Integer>();
        var first = new ArrayList<Integer>();
        for (int host = 0; host < layout.hosts(); host++) {
            var key = new ArrayList<Object>();
            for (int[] ofDimension : value) {
                key.add(ofDimension[host]);
            }
            for (long word : spreads[host]) {
                key.add(word);
            }
            key.add(layout.slots[host].ahead());
            var at = known.putIfAbsent(key, first.size());
            classOf[host] = at == null ? first.size() : at;
            if (at == null) {
                first.add(host);
            }
        }
        return first.stream().mapToInt(Integer::intValue).toArray();
    }

    /** To be called after a count changed. */
    void changed(int spread, int host, int by, int room) {
        for (int dimension = 0; dimension < value.length; dimension++) {
            long[][] ofDimension = loads[dimension];
            ofDimension[spread][value[dimension][host]] += by;
            ofDimension[ofDimension.length - 1][value[dimension][host]] += by;
        }
        opened(host, room > 0);
    }

    private void opened(int host, boolean now) {
        if (isOpen[host] != now) {
            isOpen[host] = now;
            open[classOf[host]] += now ? 1 : -1;
        }
    }

    int classes() {
        return standsFor.length;
    }

    /** Instances that the limits by value still allow on a host. */
    long room(int host) {
        long room = Long.MAX_VALUE;
        for (int limit = 0; limit < problem.maxPerValue().size(); limit++) {
            room = Math.min(room, problem.maxPerValue().get(limit).max() - used(limit, host));
        }
        return Math.max(0, room);
    }

    /** Instances of the component on all hosts with the value that the host has. */
    private long used(int limit, int host) {
        int dimension = problem.topology().size() + limit;
        long[][] ofDimension = loads[dimension];
        return ofDimension[ofDimension.length - 1][value[dimension][host]];
    }

    boolean isBelowLimits(int host) {
        return room(host) > 0;
    }

    boolean isOverLimit(int host) {
        for (int limit = 0; limit < problem.maxPerValue().size(); limit++) {
            if (used(limit, host) > problem.maxPerValue().get(limit).max()) {
                return true;
            }
        }
        return false;
    }

    boolean isAtLimit(int limit, int host) {
        return used(limit, host) >= problem.maxPerValue().get(limit).max();
    }

    /** Which value of a limit by value the host counts for. */
    int valueOfLimit(int limit, int host) {
        return value[problem.topology().size() + limit][host];
    }

    String nameOfLimit(int limit, int host) {
        int dimension = problem.topology().size() + limit;
        return names[dimension][value[dimension][host]];
    }

    /** Load of the host's value under a topology entry, for one spread or the component. */
    long load(int topology, int spread, int host) {
        return loads(topology, spread)[value[topology][host]];
    }

    /** By value; of the spread or, where the entry is measured so, of the component. */
    long[] loads(int topology, int spread) {
        boolean own = problem.topology().get(topology).perSpread();
        return loads[topology][own ? spread : loads[topology].length - 1];
    }

    /** By value: whether it has a host, and whether one with room. */
    boolean[][] values(int topology, int spread) {
        boolean own = problem.topology().get(topology).perSpread();
        var there = new boolean[names[topology].length];
        var roomy = new boolean[names[topology].length];
        for (int c = 0; c < standsFor.length; c++) {
            if (own ? eligible[spread][c] : isEligible(c)) {
                int at = value[topology][standsFor[c]];
                there[at] = true;
                roomy[at] |= open[c] > 0 && isBelowLimits(standsFor[c]);
            }
        }
        return new boolean[][] {there, roomy};
    }

    private boolean isEligible(int c) {
        return Arrays.stream(eligible).anyMatch(ofSpread -> ofSpread[c]);
    }

    /** By topology entry: the most that a value may have under a bound that holds. */
    long[] ceilings(int spread) {
        var ceilings = new long[problem.topology().size()];
        for (int topology = 0; topology < ceilings.length; topology++) {
            var entry = problem.topology().get(topology);
            ceilings[topology] =
                    entry.hold() ? lowest(topology, spread) + entry.maxSkew() : Long.MAX_VALUE;
        }
        return ceilings;
    }

    /**
     * Whether one more of the spread on the host would break a bound that holds.
     *
     * @return the topology entry, or -1
     */
    int broken(int spread, int host, long[] ceilings) {
        for (int topology = 0; topology < ceilings.length; topology++) {
            if (load(topology, spread, host) >= ceilings[topology]) {
                return topology;
            }
        }
        return -1;
    }

    /** The least load of a value with room; 0 when none has. */
    private long lowest(int topology, int spread) {
        boolean[] roomy = values(topology, spread)[1];
        long[] of = loads(topology, spread);
        long lowest = Long.MAX_VALUE;
        for (int at = 0; at < roomy.length; at++) {
            if (roomy[at]) {
                lowest = Math.min(lowest, of[at]);
            }
        }
        return lowest == Long.MAX_VALUE ? 0 : lowest;
    }

    /** The skew as it stands; 0 when no value has room. */
    long skew(int topology, int spread) {
        boolean[][] values = values(topology, spread);
        long[] of = loads(topology, spread);
        long most = 0;
        long least = Long.MAX_VALUE;
        for (int at = 0; at < of.length; at++) {
            most = values[0][at] ? Math.max(most, of[at]) : most;
            least = values[1][at] ? Math.min(least, of[at]) : least;
        }
        return least == Long.MAX_VALUE ? 0 : Math.max(0, most - least);
    }

    /** How much each bound allows or, where it is exceeded, how far: less is better. */
    long[] excesses() {
        return excesses(false);
    }

    /**
     * The same for the bounds that an instance is left unplaced for. The first, measured by spread,
     * is none of them: filling never breaks it, and what placing by a path does to it is repaired.
     */
    long[] holding() {
        return excesses(true);
    }

    private long[] excesses(boolean holdingOnly) {
        int spreads = eligible.length;
        var excesses = new long[problem.topology().size() * spreads];
        for (int topology = 0; topology < problem.topology().size(); topology++) {
            var entry = problem.topology().get(topology);
            if (holdingOnly && (!entry.hold() || (topology == 0 && entry.perSpread()))) {
                continue;
            }
            for (int spread = 0; spread < spreads; spread++) {
                excesses[topology * spreads + spread] =
                        Math.max(skew(topology, spread), entry.maxSkew());
            }
        }
        return excesses;
    }

    /** Whether a limit is broken at the host, or some bound is exceeded by more than before. */
    boolean isWorse(long[] before, int host) {
        if (isOverLimit(host)) {
            return true;
        }
        long[] after = excesses();
        for (int i = 0; i < after.length; i++) {
            if (after[i] > before[i]) {
                return true;
            }
        }
        return false;
    }
}
