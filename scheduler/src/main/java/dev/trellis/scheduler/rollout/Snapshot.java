package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything seen that a rollout is decided by.
 *
 * @param hosts covered hosts, live or suspect
 * @param live every host of the lattice, covered or not: one that is missing here is lost
 * @param clear the lattice is settled and our connection is not in doubt; otherwise nothing is
 *     judged and no time counts
 * @param held somebody holds the app or the lattice: it stands as if paused, and no deadline runs
 * @param prepared what has to be there before the first stage is (new configs and links)
 * @param deployed the app's desired version is still the candidate
 * @param rejected the candidate's content is on the app's list of rejected ones
 * @param lastGood the candidate is noted as the app's last good version
 */
public record Snapshot(
        SortedMap<HostId, HostSeen> hosts,
        Set<HostId> live,
        boolean clear,
        boolean held,
        boolean prepared,
        boolean deployed,
        boolean rejected,
        boolean lastGood,
        Ceilings ceilings) {
    public Snapshot {
        hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    }
}
