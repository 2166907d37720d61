package dev.trellis.scheduler.place;

import java.util.ArrayList;
import java.util.List;

/** Measures the skew of a result over every topology entry. */
final class Measure {

    private Measure() {}

    static List<Skew> skews(State state) {
        var layout = state.layout;
        var skews = new ArrayList<Skew>();
        for (int entry = 0; entry < layout.problem.topology().size(); entry++) {
            var topology = layout.problem.topology().get(entry);
            if (!topology.perSpread()) {
                var groups = layout.groups(entry, layout.anyEligible());
                skews.add(skew(state, topology, "", groups, entry, -1));
                continue;
            }
            for (int spread = 0; spread < layout.spreads(); spread++) {
                var groups =
                        entry == 0
                                ? layout.domains[spread]
                                : layout.groups(entry, layout.eligible[spread]);
                var name = layout.problem.spreads().get(spread).name();
                skews.add(skew(state, topology, name, groups, entry, spread));
            }
        }
        return skews;
    }

    private static Skew skew(
            State state, Topology topology, String name, int[][] groups, int entry, int spread) {
        long most = 0;
        long least = Long.MAX_VALUE;
        var full = new ArrayList<String>();
        for (int[] hosts : groups) {
            long load = 0;
            for (int host : hosts) {
                load += spread < 0 ? state.load[host] : state.count[spread][host];
            }
            most = Math.max(most, load);
            if (state.anyRoom(hosts)) {
                least = Math.min(least, load);
            } else {
                full.add(state.layout.slots[hosts[0]].value(entry));
            }
        }
        long value = least == Long.MAX_VALUE ? 0 : Math.max(0, most - least);
        return new Skew(topology.key(), name, value, topology.maxSkew(), full);
    }
}
