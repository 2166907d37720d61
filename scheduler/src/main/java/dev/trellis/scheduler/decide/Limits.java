package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.place.Shortage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names the limits that keep instances from being placed, as a manifest writes them. */
final class Limits {
    private Limits() {}

    /** What binds, the commonest kinds first; never empty. */
    static List<String> binding(Ground ground, Shortage shortage, Situation situation) {
        var names = new LinkedHashSet<String>();
        for (var block : shortage.blocks()) {
            switch (block) {
                case Shortage.Block.NoHost() -> names.add(requirement(ground, shortage.spread()));
                case Shortage.Block.Cap(var hosts) ->
                        hosts.forEach(host -> names.addAll(caps(ground, host, situation)));
                case Shortage.Block.Closed(var hosts) ->
                        hosts.forEach(host -> names.add(closed(new HostId(host), situation)));
                case Shortage.Block.Value(var limit, var values) ->
                        values.forEach(value ->
                                names.add(
                                        "maxPerValue "
                                                + limit.key()
                                                + "="
                                                + value
                                                + ": "
                                                + limit.max()));
                case Shortage.Block.Bound(var topology) ->
                        names.add("maxSkew " + topology.key() + ": " + topology.maxSkew());
                case Shortage.Block.Max(var spread, var max) ->
                        names.add("spreads." + spread + ".max=" + max);
            }
        }
        return List.copyOf(names);
    }

    static String closed(HostId host, Situation situation) {
        if (situation.isDraining(host)) {
            return "draining";
        }
        return situation.marks().containsKey(host) ? "cordoned" : "suspect";
    }

    /** Every limit that is as tight as the tightest on this host. */
    static Set<String> caps(Ground ground, String id, Situation situation) {
        var workload = ground.workload();
        var host = situation.view().host(new HostId(id));
        var names = new LinkedHashSet<String>();
        if (host.isEmpty()) {
            return names;
        }
        int cap = Placer.cap(workload, host.get(), situation);
        if (workload.rules().maxPerHost().orElse(-1) == cap) {
            names.add("maxPerHost=" + cap);
        }
        if (Placer.capOfLabel(host.get()).orElse(-1) == cap) {
            names.add("label placement.max-instances=" + cap);
        }
        if (situation.limits().maxPerHost().orElse(-1) == cap) {
            names.add("lattice maxPerHost=" + cap);
        }
        if (names.isEmpty() && workload.kind() == WorkloadKind.PROVIDER) {
            names.add("one provider a host");
        }
        return names;
    }

    /** What keeps every host out: labels, or what bars most hosts. */
    private static String requirement(Ground ground, String spread) {
        var asked = new ArrayList<String>();
        for (var s : ground.workload().spreads()) {
            if (s.name().equals(spread)) {
                s.requirements().forEach((key, value) -> asked.add(key + "=" + value));
                ground.workload()
                        .rules()
                        .bounds(s.name())
                        .matchExpressions()
                        .forEach(expression -> asked.add(expression.spelled()));
            }
        }
        var labels = asked.isEmpty() ? "" : "requirements " + String.join(", ", asked);
        if (ground.barred().isEmpty()) {
            return labels.isEmpty() ? "no host" : labels;
        }
        var counts = new TreeMap<String, Integer>();
        ground.barred().values().forEach(why -> counts.merge(why, 1, Integer::sum));
        var bar = most(counts);
        return labels.isEmpty() ? bar : bar + " with " + labels;
    }

    private static String most(SortedMap<String, Integer> counts) {
        var most = counts.firstKey();
        for (var name : counts.keySet()) {
            if (counts.getOrDefault(name, 0) > counts.getOrDefault(most, 0)) {
                most = name;
            }
        }
        return most;
    }
}
