package dev.trellis.scheduler.observe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is seen of a lattice: hosts and what they run, links, configs, ill health. It belongs to one
 * thread and is a function of what was applied to it; applying an event twice equals once. It is
 * kept in place, because a copy for each of ten thousand events of a wide deploy would cost more
 * than the deciding.
 */
public final class LatticeView {
    private final TreeMap<HostId, Host> hosts = new TreeMap<>();
    private final Map<HostId, Set<WorkloadId>> unhealthy = new HashMap<>();
    private final Map<WorkloadId, Set<HostId>> byWorkload = new HashMap<>();
    private final Map<String, Optional<SortedMap<String, String>>> configs = new HashMap<>();
    private final Changes changes = new Changes();
    private List<Link> links = List.of();
    private boolean linksKnown;
    private long hostsVersion;

    /** The same lattice, to try something out on; hosts and links are values and are shared. */
    public LatticeView copy() {
        var copy = new LatticeView();
        copy.hosts.putAll(hosts);
        unhealthy.forEach((host, ill) -> copy.unhealthy.put(host, new HashSet<>(ill)));
        byWorkload.forEach((id, at) -> copy.byWorkload.put(id, new HashSet<>(at)));
        copy.configs.putAll(configs);
        copy.links = links;
        copy.linksKnown = linksKnown;
        copy.hostsVersion = hostsVersion;
        return copy;
    }

    /** Live and suspect hosts, by id. */
    public SortedMap<HostId, Host> hosts() {
        return Collections.unmodifiableSortedMap(hosts);
    }

    public Optional<Host> host(HostId id) {
        return Optional.ofNullable(hosts.get(id));
    }

    public Optional<Running> running(HostId host, WorkloadId id) {
        var at = hosts.get(host);
        return at == null ? Optional.empty() : at.running(id);
    }

    /** Where an id runs, whoever put it there. */
    public Set<HostId> hostsRunning(WorkloadId id) {
        return Collections.unmodifiableSet(byWorkload.getOrDefault(id, Set.of()));
    }

    /** Counts up whenever a host comes, goes, or changes its labels. */
    public long hostsVersion() {
        return hostsVersion;
    }

    public boolean linksKnown() {
        return linksKnown;
    }

    public List<Link> links() {
        return links;
    }

    /** Absent: not asked yet. Present and empty: there is no config of this name. */
    public Optional<Optional<SortedMap<String, String>>> config(String name) {
        return Optional.ofNullable(configs.get(name));
    }

    public boolean isUnhealthy(HostId host, WorkloadId id) {
        return unhealthy.getOrDefault(host, Set.of()).contains(id);
    }

    public Changes changes() {
        return changes;
    }

    /** A host that answered a ping or said it started: its labels are known, its inventory not. */
    public void appeared(
            HostId id, String friendlyName, String version, SortedMap<String, String> labels) {
        var before = hosts.get(id);
        if (before == null) {
            hosts.put(
                    id,
                    new Host(
                            new HostInventory(
                                    id, friendlyName, version, 0, labels, new TreeMap<>()),
                            false));
            hostsChanged();
        } else {
            labels(id, labels);
        }
    }

    /** The full truth about one host, from a heartbeat or in answer to a question. */
    public void inventory(HostInventory inventory) {
        var before = hosts.get(inventory.host());
        var now = new Host(inventory, true);
        hosts.put(inventory.host(), now);
        if (before != null && before.saysTheSame(inventory)) {
            return; // only its uptime is newer
        }
        if (before == null || !before.known() || !before.labels().equals(now.labels())) {
            hostsChanged();
        }
        var ids = new HashSet<WorkloadId>(inventory.workloads().keySet());
        if (before != null) {
            ids.addAll(before.inventory().workloads().keySet());
        }
        for (var id : ids) {
            var was = before == null ? Optional.<Running>empty() : before.running(id);
            if (!was.equals(now.running(id))) {
                index(inventory.host(), id, now.running(id).isPresent());
            }
        }
    }

    /** One workload of a host now runs so, or (absent) not at all. */
    public void workload(HostId host, WorkloadId id, Optional<Running> running) {
        var before = hosts.get(host);
        if (before == null || before.running(id).equals(running)) {
            return;
        }
        hosts.put(host, before.with(id, running));
        index(host, id, running.isPresent());
    }

    public void labels(HostId host, SortedMap<String, String> labels) {
        var before = hosts.get(host);
        if (before != null && !before.labels().equals(labels)) {
            hosts.put(host, before.withLabels(labels));
            hostsChanged();
        }
    }

    /** Whatever the host ran is gone with it. */
    public void gone(HostId host) {
        var before = hosts.remove(host);
        if (before == null) {
            return;
        }
        unhealthy.remove(host);
        before.inventory().workloads().keySet().forEach(id -> index(host, id, false));
        hostsChanged();
    }

    public void health(HostId host, WorkloadId id, boolean healthy) {
        boolean changed =
                healthy
                        ? unhealthy.getOrDefault(host, new HashSet<>()).remove(id)
                        : unhealthy.computeIfAbsent(host, _ -> new HashSet<>()).add(id);
        if (changed) {
            changes.workload(id);
        }
    }

    public void links(Collection<Link> all) {
        var found = List.copyOf(all);
        if (!linksKnown || !found.equals(links)) {
            links = found;
            linksKnown = true;
            changes.links();
        }
    }

    public void linkSet(Link link) {
        var next = new ArrayList<Link>(links.size() + 1);
        for (var other : links) {
            if (!other.key().equals(link.key()) || !other.target().equals(link.target())) {
                next.add(other);
            }
        }
        next.add(link);
        if (!Set.copyOf(next).equals(Set.copyOf(links))) {
            links = List.copyOf(next);
            changes.links();
        }
    }

    /**
     * @param target which of several links with this key; absent: the first, as hosts take it
     */
    public void linkDeleted(LinkKey key, Optional<WorkloadId> target) {
        for (var link : links) {
            if (link.key().equals(key)
                    && (target.isEmpty() || target.get().equals(link.target()))) {
                var next = new ArrayList<>(links);
                next.remove(link);
                links = List.copyOf(next);
                changes.links();
                return;
            }
        }
    }

    public void config(String name, Optional<SortedMap<String, String>> values) {
        if (!values.equals(configs.put(name, values))) {
            changes.config(name);
        }
    }

    private void hostsChanged() {
        hostsVersion++;
        changes.hosts();
    }

    private void index(HostId host, WorkloadId id, boolean runs) {
        changes.workload(id);
        if (runs) {
            byWorkload.computeIfAbsent(id, _ -> new HashSet<>()).add(host);
            return;
        }
        var at = byWorkload.get(id);
        if (at != null && at.remove(host) && at.isEmpty()) {
            byWorkload.remove(id);
        }
        var ill = unhealthy.get(host);
        if (ill != null) {
            ill.remove(id);
        }
    }
}
