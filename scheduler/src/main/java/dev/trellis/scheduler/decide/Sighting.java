package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.rollout.HostSeen;
import java.util.SortedMap;

/**
 * One host that is to run something covered by a rollout, as it is now.
 *
 * @param serving all that should run there does, whatever its revision, and is healthy
 * @param moving a command of ours for it is on its way
 * @param failedStarts in a row, of what its target wants
 */
public record Sighting(
        HostId host,
        SortedMap<String, String> labels,
        HostSeen.On on,
        boolean serving,
        boolean moving,
        int failedStarts) {}
