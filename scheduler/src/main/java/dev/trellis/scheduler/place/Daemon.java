package dev.trellis.scheduler.place;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Places a {@code daemonscaler}: so many on every eligible host, without apportionment. */
public final class Daemon {

    private final int instances;
    private final Map<String, Integer> load;

    /** Hosts that no spread has taken yet. */
    private final Map<String, HostSlot> free;

    private final SortedMap<String, Integer> perHost = new TreeMap<>();
    private final Map<String, SortedMap<String, Integer>> perSpread = new LinkedHashMap<>();
    private final Map<String, Integer> targets = new LinkedHashMap<>();
    private final Map<String, Integer> unplaced = new LinkedHashMap<>();

    private Daemon(int instances, List<HostSlot> hosts, Map<String, Integer> load) {
        this.instances = instances;
        this.load = load;
        this.free = HashMap.newHashMap(hosts.size());
        hosts.forEach(slot -> free.put(slot.id(), slot));
    }

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
        var daemon = new Daemon(instances, hosts, load);
        spreads.forEach(daemon::place);
        return new Placement(daemon.perHost, daemon.perSpread, daemon.targets, daemon.unplaced);
    }

    private void place(SpreadRule spread) {
        var counts = new TreeMap<String, Integer>();
        int target = 0;
        int placed = 0;
        for (var id : spread.eligible()) {
            var slot = free.remove(id);
            if (slot != null) {
                int wanted = wanted(slot);
                int count = Math.min(wanted, slot.cap());
                target += wanted;
                placed += count;
                counts.put(id, count);
            }
        }
        counts.values().removeIf(count -> count == 0);
        perHost.putAll(counts);
        perSpread.put(spread.name(), counts);
        targets.put(spread.name(), target);
        if (target > placed) {
            unplaced.put(spread.name(), target - placed);
        }
    }

    private int wanted(HostSlot slot) {
        int has = load.getOrDefault(slot.id(), 0);
        return slot.cordoned() ? Math.min(instances, Math.min(slot.cap(), has)) : instances;
    }
}
