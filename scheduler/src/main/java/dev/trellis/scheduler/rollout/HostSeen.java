package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is seen of one covered host: a live host that should run something that the policy covers.
 *
 * @param serving everything covered that should run there does, whatever its revision, and is
 *     healthy
 * @param moving a command of ours for it is on its way
 * @param bad three starts of its target failed, or it was not good at the deadline
 */
public record HostSeen(
        HostId host,
        SortedMap<String, String> labels,
        On on,
        Health health,
        boolean serving,
        boolean moving,
        boolean bad) {
    public HostSeen {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Which revision the host was seen to run, by reference and annotation. */
    public enum On {
        CANDIDATE,
        STABLE,
        /** Something else: a third revision, a mix, or nothing that proves what it is. */
        OTHER,
        NOTHING
    }

    /** How good it is on what it runs. */
    public enum Health {
        /** Seen so, newer than our last command, for the healthy time. */
        GOOD,
        /** Seen so, but not for long enough yet. */
        VERIFYING,
        ILL
    }

    boolean isGoodOn(On revision) {
        return on == revision && health == Health.GOOD;
    }

    /** Runs it and nothing is wrong with it, for however short a time. */
    boolean isFineOn(On revision) {
        return on == revision && health != Health.ILL;
    }
}
