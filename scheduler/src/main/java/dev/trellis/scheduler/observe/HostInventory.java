package dev.trellis.scheduler.observe;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a host says of itself, in a heartbeat or in answer to {@code host.get}
 * (lattice-protocol 1.5). What is not listed does not run there.
 *
 * @param uptimeSeconds 0 where the host did not say
 */
public record HostInventory(
        HostId host,
        String friendlyName,
        String version,
        long uptimeSeconds,
        SortedMap<String, String> labels,
        SortedMap<WorkloadId, Running> workloads) {
    public HostInventory {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        workloads = Collections.unmodifiableSortedMap(new TreeMap<>(workloads));
    }
}
