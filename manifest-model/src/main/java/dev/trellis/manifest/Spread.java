package dev.trellis.manifest;

import java.util.Collections;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A share of a scaler's instances and the hosts that it may run on.
 *
 * @param name unique in its scaler
 * @param requirements labels that a host must have; empty matches every host
 * @param weight share among the spreads; empty means {@link #DEFAULT_WEIGHT}
 */
public record Spread(String name, SortedMap<String, String> requirements, OptionalInt weight) {

    /** Weight of a spread that was not given one. */
    public static final int DEFAULT_WEIGHT = 100;

    public Spread {
        requirements = Collections.unmodifiableSortedMap(new TreeMap<>(requirements));
    }
}
