package dev.trellis.scheduler.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Places a {@code daemonscaler}: so many on every eligible host, without apportionment. */
public final class Daemon {

    private final int instances;
    private final Map<String, Integer> load;
    private final List<ValueLimit> limits;

    /** By limit: instances placed so far, by label value. */
    private final List<Map<String, Integer>> used = new ArrayList<>();

    /** Hosts that no spread has taken yet. */
    private final Map<String, HostSlot> free;

    private final SortedMap<String, Integer> perHost = new TreeMap<>();
    private final Map<String, SortedMap<String, Integer>> perSpread = new LinkedHashMap<>();
    private final Map<String, Integer> targets = new LinkedHashMap<>();
    private final Map<String, Integer> unplaced = new LinkedHashMap<>();
    private final List<Shortage> shortages = new ArrayList<>();

    private Daemon(
            int instances,
            List<HostSlot> hosts,
            Map<String, Integer> load,
            List<ValueLimit> limits) {
        this.instances = instances;
        this.load = load;
        this.limits = List.copyOf(limits);
        limits.forEach(_ -> used.add(new HashMap<>()));
        this.free = HashMap.newHashMap(hosts.size());
        hosts.forEach(slot -> free.put(slot.id(), slot));
    }

    /**
     * Gives every host that is eligible for a spread {@code instances}, or its cap where that is
     * less. A host of several spreads counts for the first declared. A cordoned host keeps at most
     * what it has, and wants no more: 2 a host over a (cap 1), b and c (cordoned, runs 1) gives 1,
     * 2 and 1 with a target of 5 and 1 unplaced. A draining host wants none. Where a limit by value
     * leaves room for some only, hosts that run some come first. Weights and limits of the spreads
     * play no part.
     *
     * @param load what each host is meant to run now
     * @param limits over label values, the last values of every slot
     */
    public static Placement solve(
            int instances,
            List<HostSlot> hosts,
            List<SpreadRule> spreads,
            Map<String, Integer> load,
            List<ValueLimit> limits) {
        var daemon = new Daemon(instances, hosts, load, limits);
        spreads.forEach(daemon::place);
        return new Placement(
                daemon.perHost,
                daemon.perSpread,
                daemon.targets,
                daemon.unplaced,
                0,
                List.of(),
                Map.of(),
                daemon.shortages);
    }

    private void place(SpreadRule spread) {
        var counts = new TreeMap<String, Integer>();
        int target = 0;
        int placed = 0;
        var full = new TreeSet<String>();
        var values = new ArrayList<Set<String>>();
        limits.forEach(_ -> values.add(new TreeSet<>()));
        for (var slot : slots(spread)) {
            int wanted = wanted(slot);
            int count = Math.min(wanted, slot.cap());
            if (count < wanted) {
                full.add(slot.id());
            }
            count = Math.min(count, room(slot, count, values));
            target += wanted;
            placed += count;
            counts.put(slot.id(), count);
        }
        counts.values().removeIf(count -> count == 0);
        perHost.putAll(counts);
        perSpread.put(spread.name(), counts);
        targets.put(spread.name(), target);
        if (target > placed) {
            unplaced.put(spread.name(), target - placed);
            shortages.add(new Shortage(spread.name(), target - placed, blocks(full, values)));
        }
    }

    /** Those that no spread took before; where limits tie hosts, those that run some come first. */
    private List<HostSlot> slots(SpreadRule spread) {
        var slots = new ArrayList<HostSlot>();
        for (var id : spread.eligible()) {
            var slot = free.remove(id);
            if (slot != null) {
                slots.add(slot);
            }
        }
        if (!limits.isEmpty()) {
            slots.sort(
                    Comparator.<HostSlot>comparingInt(slot -> -load.getOrDefault(slot.id(), 0))
                            .thenComparing(HostSlot::id));
        }
        return slots;
    }

    /** What the limits leave of {@code count}; it counts as placed. */
    private int room(HostSlot slot, int count, List<Set<String>> fullValues) {
        int room = count;
        for (int limit = 0; limit < limits.size(); limit++) {
            var value = slot.value(slot.values().size() - limits.size() + limit);
            int left = limits.get(limit).max() - used.get(limit).getOrDefault(value, 0);
            if (left < count) {
                fullValues.get(limit).add(value);
            }
            room = Math.min(room, Math.max(0, left));
        }
        for (int limit = 0; limit < limits.size(); limit++) {
            var value = slot.value(slot.values().size() - limits.size() + limit);
            used.get(limit).merge(value, room, Integer::sum);
        }
        return room;
    }

    private List<Shortage.Block> blocks(Set<String> full, List<Set<String>> values) {
        var blocks = new ArrayList<Shortage.Block>();
        if (!full.isEmpty()) {
            blocks.add(new Shortage.Block.Cap(List.copyOf(full)));
        }
        for (int limit = 0; limit < limits.size(); limit++) {
            if (!values.get(limit).isEmpty()) {
                blocks.add(
                        new Shortage.Block.Value(
                                limits.get(limit), List.copyOf(values.get(limit))));
            }
        }
        return blocks;
    }

    private int wanted(HostSlot slot) {
        int has = load.getOrDefault(slot.id(), 0);
        return switch (slot.state()) {
            case OPEN -> instances;
            case CORDONED -> Math.min(instances, Math.min(slot.cap(), has));
            case DRAINING -> 0;
        };
    }
}
