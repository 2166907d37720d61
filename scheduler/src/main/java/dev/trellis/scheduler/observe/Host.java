package dev.trellis.scheduler.observe;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host as last seen.
 *
 * @param known whether its inventory is known; until then {@code inventory} has labels only, and
 *     what is missing from it is unknown, not absent
 */
public record Host(HostInventory inventory, boolean known) {
    public HostId id() {
        return inventory.host();
    }

    public SortedMap<String, String> labels() {
        return inventory.labels();
    }

    public Optional<Running> running(WorkloadId id) {
        return Optional.ofNullable(inventory.workloads().get(id));
    }

    Host withLabels(SortedMap<String, String> labels) {
        return new Host(
                new HostInventory(
                        inventory.host(),
                        inventory.friendlyName(),
                        inventory.version(),
                        inventory.uptimeSeconds(),
                        labels,
                        inventory.workloads()),
                known);
    }

    Host with(WorkloadId id, Optional<Running> running) {
        var workloads = new TreeMap<>(inventory.workloads());
        running.ifPresentOrElse(r -> workloads.put(id, r), () -> workloads.remove(id));
        return new Host(
                new HostInventory(
                        inventory.host(),
                        inventory.friendlyName(),
                        inventory.version(),
                        inventory.uptimeSeconds(),
                        inventory.labels(),
                        workloads),
                known);
    }

    /** Whether a newer inventory says anything that this one does not; uptime doesn't count. */
    boolean saysTheSame(HostInventory newer) {
        return known
                && inventory.workloads().equals(newer.workloads())
                && inventory.labels().equals(newer.labels())
                && inventory.friendlyName().equals(newer.friendlyName())
                && inventory.version().equals(newer.version());
    }
}
