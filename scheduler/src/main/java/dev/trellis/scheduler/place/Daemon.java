package dev.trellis.scheduler.place;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Places a {@code daemonscaler}: so many on every eligible host, without apportionment. */
public final class Daemon {

    private Daemon() {}

    /**
     * Gives every host that is eligible for a spread {@code instances}, or its cap where that is
     * less. A host of several spreads counts for the first declared. A cordoned host keeps at most
     * what it has, and wants no more: 2 a host over a (cap 1), b and c (cordoned, runs 1) gives 1,
     * 2 and 1 with a target of 5 and 1 unplaced. Weights and limits of the spreads play no part.
     *
     * @param load what each host is meant to run now
     */
    public static Placement solve(
            int instances,
            List<HostSlot> hosts,
            List<SpreadRule> spreads,
            Map<String, Integer> load) {
        var free = HashMap.<String, HostSlot>newHashMap(hosts.size());
        hosts.forEach(slot -> free.put(slot.id(), slot));
        var perHost = new TreeMap<String, Integer>();
        var perSpread = new LinkedHashMap<String, SortedMap<String, Integer>>();
        var targets = new LinkedHashMap<String, Integer>();
        var unplaced = new LinkedHashMap<String, Integer>();
        for (var spread : spreads) {
            var counts = new TreeMap<String, Integer>();
            int target = 0;
            for (var id : spread.eligible()) {
                var slot = free.remove(id);
                if (slot != null) {
                    int wanted = wanted(instances, slot, load);
                    target += wanted;
                    counts.put(id, Math.min(wanted, slot.cap()));
                }
            }
            counts.values().removeIf(count -> count == 0);
            perHost.putAll(counts);
            perSpread.put(spread.name(), counts);
            targets.put(spread.name(), target);
            int placed = counts.values().stream().mapToInt(Integer::intValue).sum();
            if (target > placed) {
                unplaced.put(spread.name(), target - placed);
            }
        }
        return new Placement(perHost, perSpread, targets, unplaced);
    }

    private static int wanted(int instances, HostSlot slot, Map<String, Integer> load) {
        return slot.cordoned()
                ? Math.min(instances, Math.min(slot.cap(), load.getOrDefault(slot.id(), 0)))
                : instances;
    }
}
