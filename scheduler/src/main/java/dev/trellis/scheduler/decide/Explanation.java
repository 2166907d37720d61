package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why the instances of an app are where they are, and why some are nowhere. Data; who shows it
 * renders text from it.
 *
 * @param version the desired one
 * @param components in declared order
 * @param host what one host has to do with it, where a host was asked for and is known
 */
public record Explanation(
        AppName app,
        String version,
        List<ComponentExplanation> components,
        Optional<HostExplanation> host) {

    public Explanation {
        components = List.copyOf(components);
    }

    /**
     * @param wanted for a daemon, over all hosts together
     * @param placed of those, the ones that have a host
     */
    public record ComponentExplanation(
            String component,
            int wanted,
            int placed,
            List<SpreadExplanation> spreads,
            List<SkewExplanation> skew,
            Moves moves) {
        public ComponentExplanation {
            spreads = List.copyOf(spreads);
            skew = List.copyOf(skew);
        }
    }

    /**
     * @param hostsTotal hosts of the lattice
     * @param eligible of those, the ones that may run instances of this spread
     * @param filtered how many hosts are not eligible, by the first reason that keeps them out:
     *     {@code requirements region=eu}, an expression, {@code foreign}, {@code exclusive
     *     tcp/8080}, {@code colocateWith api}; and eligible ones that get nothing: {@code
     *     cordoned}, {@code draining}, {@code suspect}
     * @param exhausted how many eligible hosts have no room, by the limit that fills them; empty
     *     while nothing is missing
     * @param binding limits that keep what is missing from being placed; empty when nothing is
     * @param wouldFitIf changes that were tried, and place at least one more each
     */
    public record SpreadExplanation(
            String name,
            int weight,
            int target,
            int placed,
            int hostsTotal,
            int eligible,
            SortedMap<String, Integer> filtered,
            SortedMap<String, Integer> exhausted,
            List<String> binding,
            List<String> wouldFitIf) {
        public SpreadExplanation {
            filtered = Collections.unmodifiableSortedMap(new TreeMap<>(filtered));
            exhausted = Collections.unmodifiableSortedMap(new TreeMap<>(exhausted));
            binding = List.copyOf(binding);
            wouldFitIf = List.copyOf(wouldFitIf);
        }
    }

    /**
     * @param spread empty where the component is measured as a whole
     * @param fullValues label values without room, which don't count for the minimum
     */
    public record SkewExplanation(
            String key, String spread, long value, int max, List<String> fullValues) {
        public SkewExplanation {
            fullValues = List.copyOf(fullValues);
        }
    }

    /**
     * Instances still to be taken from hosts.
     *
     * @param forced because their host may not run them
     * @param voluntary because they are wanted elsewhere
     * @param suppressed further ones that would lower a skew and are not made now
     * @param why they are not; empty when none is suppressed
     */
    public record Moves(int forced, int voluntary, int suppressed, String why) {}

    /** What one host has to do with the app. */
    public record HostExplanation(
            HostId id, Optional<HostTarget> target, List<HostComponent> components) {
        public HostExplanation {
            components = List.copyOf(components);
        }
    }

    /**
     * Which version a host should run.
     *
     * @param stage of the rollout that the host belongs to; absent without one
     * @param alsoMatches further stages whose selector matches
     */
    public record HostTarget(
            String version, Optional<String> stage, List<String> alsoMatches, String reason) {
        public HostTarget {
            alsoMatches = List.copyOf(alsoMatches);
        }
    }

    /**
     * @param eligible for any spread
     * @param reason why not; for an eligible host, why it has what it has
     */
    public record HostComponent(
            String component, boolean eligible, int wanted, int running, String reason) {}
}
