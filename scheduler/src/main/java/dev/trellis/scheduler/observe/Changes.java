package dev.trellis.scheduler.observe;

import java.util.Set;
import java.util.TreeSet;

/** What a turn's inputs touched; filled by {@link LatticeView} and read once a turn. */
public final class Changes {
    private final Set<WorkloadId> workloads = new TreeSet<>();
    private final Set<String> configs = new TreeSet<>();
    private boolean hosts;
    private boolean links;

    void workload(WorkloadId id) {
        workloads.add(id);
    }

    void config(String name) {
        configs.add(name);
    }

    /** A host came, went, or changed its labels: every app may be placed otherwise. */
    public void hosts() {
        hosts = true;
    }

    void links() {
        links = true;
    }

    public boolean hostsChanged() {
        return hosts;
    }

    public boolean linksChanged() {
        return links;
    }

    public Set<WorkloadId> touchedWorkloads() {
        return workloads;
    }

    public Set<String> touchedConfigs() {
        return configs;
    }

    public void clear() {
        workloads.clear();
        configs.clear();
        hosts = false;
        links = false;
    }
}
