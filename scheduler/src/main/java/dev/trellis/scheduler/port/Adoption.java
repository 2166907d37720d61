package dev.trellis.scheduler.port;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.Step;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.wanted.AppRecord;
import java.util.List;
import java.util.SortedMap;

/**
 * What a lattice holds of apps that are to be taken over from wadm, before they are.
 *
 * @param certain the lattice was settled and every config was read; else it may hold more
 * @param apps by name, those that have a desired version
 * @param unknown what says that a wadm started it and none of these apps wants
 * @param steps what the first look at these apps would send, once they are stored; empty when all
 *     is as wadm left it
 */
public record Adoption(
        boolean certain,
        SortedMap<AppName, Adopted> apps,
        List<Unknown> unknown,
        List<Step> steps) {
    public Adoption {
        unknown = List.copyOf(unknown);
        steps = List.copyOf(steps);
    }

    /** An app as it would be stored, with its desired version and what it would own. */
    public record Candidate(AppRecord record, Manifest desired) {}

    /** How many of the things that an app wants are there. */
    public record Adopted(int components, int providers, int links, int configs) {}

    /**
     * @param why a clause for people
     */
    public record Unknown(HostId host, WorkloadId id, String why) {}
}
