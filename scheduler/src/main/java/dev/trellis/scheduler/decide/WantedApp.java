package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.wanted.AppRecord;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A version of an app, worked out: what has to run, which links and configs there have to be.
 *
 * @param label what {@code trellis/version} says: the version's number, {@code n.r} after r
 *     restarts
 * @param configs values of what is managed, by name as hosts know it; secret references among them
 * @param external names that have to be there and are never put or deleted
 * @param missing why shared components that it uses can't be had, one sentence each
 * @param staged its rollout policy; absent: upgrades are not staged
 */
public record WantedApp(
        AppName app,
        AppRecord record,
        AppRecord.Version version,
        String label,
        List<Workload> workloads,
        List<Link> links,
        SortedMap<String, SortedMap<String, String>> configs,
        SortedSet<String> external,
        List<String> missing,
        Optional<Staged> staged) {
    public WantedApp {
        workloads = List.copyOf(workloads);
        links = List.copyOf(links);
        configs = Collections.unmodifiableSortedMap(new TreeMap<>(configs));
        external = Collections.unmodifiableSortedSet(new TreeSet<>(external));
        missing = List.copyOf(missing);
    }

    /** The same as often restarted as another label says. */
    public WantedApp labelled(String other) {
        return new WantedApp(
                app, record, version, other, workloads, links, configs, external, missing, staged);
    }

    public Optional<Workload> workload(WorkloadId id) {
        return workloads.stream().filter(w -> w.id().equals(id)).findFirst();
    }
}
