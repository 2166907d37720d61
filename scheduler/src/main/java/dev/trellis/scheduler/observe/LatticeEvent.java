package dev.trellis.scheduler.observe;

import java.util.Optional;
import java.util.SortedMap;

/**
 * A past fact that a host published (lattice-protocol 2.2). The host is the event's {@code source},
 * never the {@code host_id} of its data (lattice-protocol 2.3). Events may repeat, come late or be
 * lost.
 */
public sealed interface LatticeEvent {
    record HostStarted(
            HostId host, String friendlyName, String version, SortedMap<String, String> labels)
            implements LatticeEvent {}

    /** Nothing of the host is left; no event for each workload follows. */
    record HostStopped(HostId host) implements LatticeEvent {}

    record HostHeartbeat(HostInventory inventory) implements LatticeEvent {}

    record LabelsChanged(HostId host, SortedMap<String, String> labels) implements LatticeEvent {}

    /**
     * @param running what runs now; absent when the event said {@code max_instances} 0, stopped
     */
    record ComponentScaled(HostId host, WorkloadId id, Optional<Running> running)
            implements LatticeEvent {}

    record ProviderStarted(HostId host, WorkloadId id, Running running) implements LatticeEvent {}

    record ProviderStopped(HostId host, WorkloadId id) implements LatticeEvent {}

    /** A start or scale of a component, or a start of a provider, that came to nothing. */
    record StartFailed(HostId host, WorkloadId id, String error) implements LatticeEvent {}

    /** {@code health_check_status} carries no verdict and is no event here (trap 21). */
    record ProviderHealth(HostId host, WorkloadId id, boolean healthy) implements LatticeEvent {}

    record LinkSet(Link link) implements LatticeEvent {}

    /**
     * @param target of the link that was removed; absent when none was, or the host did not say
     */
    record LinkDeleted(LinkKey key, Optional<WorkloadId> target) implements LatticeEvent {}

    /** Published at every put, also of the same values, and without them (trap 12). */
    record ConfigSet(String name) implements LatticeEvent {}

    record ConfigDeleted(String name) implements LatticeEvent {}
}
