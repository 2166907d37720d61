package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** How a rollout takes part in a plan. */
public interface Course {
    /** Which version each host should run, by the record as it is stored. */
    Targets targets();

    /**
     * Looks at the hosts and decides.
     *
     * @param wired all links and configs of both versions are seen
     * @return hosts that may be stopped for their target; empty: the record has changed and is to
     *     be written first, so nothing is sent
     */
    Optional<Set<HostId>> look(SortedMap<HostId, Sighting> hosts, boolean wired);
}
