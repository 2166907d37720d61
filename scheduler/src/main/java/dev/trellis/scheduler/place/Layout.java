package dev.trellis.scheduler.place;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hosts as numbers: a host's index is its rank by order, so the lower index is the lower order.
 * Spreads are numbered as declared.
 */
final class Layout {

    final HostSlot[] slots;

    /** By spread: eligible hosts, ascending. */
    final int[][] eligible;

    /** By spread: its eligible hosts by domain, the domains by label; none is empty. */
    final int[][][] domains;

    final PlacementProblem problem;

    /** Whether limits, bounds or wishes tie hosts together beyond the first topology entry. */
    final boolean tied;

    private final HostOrder order;

    Layout(PlacementProblem problem, HostOrder order) {
        slots = order.sorted(problem.hosts());
        this.order = order;
        this.problem = problem;
        boolean special = false;
        for (var slot : slots) {
            special |= slot.ahead() || slot.state() == HostSlot.State.DRAINING;
        }
        tied = special || !problem.isPlain();
        eligible = problem.spreads().stream().map(this::eligible).toArray(int[][]::new);
        domains = Arrays.stream(eligible).map(hosts -> groups(0, hosts)).toArray(int[][][]::new);
    }

    int hosts() {
        return slots.length;
    }

    int spreads() {
        return eligible.length;
    }

    /** Index of a host, or -1 without a slot. */
    int index(String host) {
        return order.index(host);
    }

    /** Whether some host is eligible for two spreads. */
    boolean overlaps() {
        var seen = new BitSet(hosts());
        for (int[] hosts : eligible) {
            for (int host : hosts) {
                if (seen.get(host)) {
                    return true;
                }
                seen.set(host);
            }
        }
        return false;
    }

    private int[] eligible(SpreadRule spread) {
        var found = new BitSet(hosts());
        var inputs = problem.hosts();
        int at = 0;
        for (var id : spread.eligible()) {
            // mostly in the order of the hosts: then no id is looked up
            while (at < inputs.size() && !inputs.get(at).id().equals(id)) {
                at++;
            }
            boolean inOrder = at < inputs.size();
            int host = inOrder ? order.indexOfInput(at++) : index(id);
            if (host >= 0) {
                found.set(host);
            }
        }
        var hosts = new int[found.cardinality()];
        int next = 0;
        for (int host = found.nextSetBit(0); host >= 0; host = found.nextSetBit(host + 1)) {
            hosts[next++] = host;
        }
        return hosts;
    }

    /** Hosts by their value under a topology entry, the values in order; none is empty. */
    int[][] groups(int topology, int[] hosts) {
        if (topology >= problem.topology().size()) {
            return hosts.length == 0 ? new int[0][] : new int[][] {hosts};
        }
        if (Arrays.stream(hosts).allMatch(host -> sameValue(topology, host, hosts[0]))) {
            return hosts.length == 0 ? new int[0][] : new int[][] {hosts};
        }
        return Arrays.stream(hosts)
                .boxed()
                .collect(groupingBy(host -> value(topology, host), TreeMap::new, toList()))
                .values()
                .stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private boolean sameValue(int topology, int host, int other) {
        return value(topology, host).equals(value(topology, other));
    }

    private String value(int topology, int host) {
        return topology < problem.topology().size() ? slots[host].value(topology) : "";
    }

    /** Hosts that are eligible for any spread, ascending. */
    int[] anyEligible() {
        var found = new BitSet(hosts());
        for (int[] hosts : eligible) {
            for (int host : hosts) {
                found.set(host);
            }
        }
        return found.stream().toArray();
    }

    /** What every slot's host runs in {@code load}. */
    int[] loads(Map<String, Integer> load) {
        var loads = new int[slots.length];
        for (int host = 0; host < loads.length; host++) {
            loads[host] = load.getOrDefault(slots[host].id(), 0);
        }
        return loads;
    }

    /** Positive counts by host id. */
    SortedMap<String, Integer> positive(int[] counts) {
        return order.positive(slots, counts);
    }

    /** A split as numbers; hosts without a slot are left out. */
    int[][] split(List<SpreadRule> spreads, Map<String, ? extends Map<String, Integer>> given) {
        var split = new int[spreads()][hosts()];
        for (int spread = 0; spread < split.length; spread++) {
            int[] counts = split[spread];
            var name = spreads.get(spread).name();
            var ofSpread = given.get(name);
            if (ofSpread != null) {
                ofSpread.forEach((host, count) -> set(counts, index(host), count));
            }
        }
        return split;
    }

    private static void set(int[] counts, int host, int count) {
        if (host >= 0) {
            counts[host] = count;
        }
    }
}
