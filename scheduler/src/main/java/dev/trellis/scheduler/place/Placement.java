package dev.trellis.scheduler.place;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the instances of one component should run.
 *
 * @param perHost count of each host that runs any; absent means 0
 * @param perSpread the same by spread (declared order), then host; a spread without instances has
 *     an empty map
 * @param targets what step A gave each spread, in declared order
 * @param unplaced what found no host, by spread; under {@link #NO_SPREAD}, what no spread could
 *     take. Only positive counts
 * @param repairs moves made only for the sake of a skew
 * @param skews for each topology entry, by spread where it is measured so
 * @param stuck draining hosts that keep something, with what is in the way, by host id
 * @param shortages what is in the way of each that is {@code unplaced}
 */
public record Placement(
        SortedMap<String, Integer> perHost,
        Map<String, SortedMap<String, Integer>> perSpread,
        Map<String, Integer> targets,
        Map<String, Integer> unplaced,
        int repairs,
        List<Skew> skews,
        Map<String, Shortage> stuck,
        List<Shortage> shortages) {

    /** Key in {@link #unplaced} for instances beyond the limits of all spreads together. */
    public static final String NO_SPREAD = "(no spread can take)";

    public Placement {
        perHost = Collections.unmodifiableSortedMap(perHost);
        perSpread = Collections.unmodifiableMap(new LinkedHashMap<>(perSpread));
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        unplaced = Collections.unmodifiableMap(new LinkedHashMap<>(unplaced));
        skews = List.copyOf(skews);
        stuck = Collections.unmodifiableMap(new TreeMap<>(stuck));
        shortages = List.copyOf(shortages);
    }

    /** A placement in which no skew is measured and nothing is in the way. */
    public Placement(
            SortedMap<String, Integer> perHost,
            Map<String, SortedMap<String, Integer>> perSpread,
            Map<String, Integer> targets,
            Map<String, Integer> unplaced) {
        this(perHost, perSpread, targets, unplaced, 0, List.of(), Map.of(), List.of());
    }

    /** Instances placed over all hosts. */
    public int placed() {
        return perHost.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Instances that found no host. */
    public int missing() {
        return unplaced.values().stream().mapToInt(Integer::intValue).sum();
    }
}
