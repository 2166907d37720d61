package dev.trellis.scheduler.decide;

import dev.trellis.manifest.rollout.GlobalChanges;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.rollout.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which version each host should run of the workloads that a rollout covers; of all others it is
 * the deployed one.
 */
public final class Targets {
    private final WantedApp deployed;
    private final WantedApp candidate;
    private final Optional<WantedApp> stable;
    private final Set<WorkloadId> covered;
    private final Function<HostId, Target> target;
    private final boolean decides;
    private final boolean globalFirst;
    private final boolean goesBack;

    /**
     * Joins a rollout's two versions.
     *
     * @param deployed the desired version: the candidate but in a rollback that is nearly done
     * @param stable absent on a first deploy
     * @param consent when changes are made that cannot be staged
     * @param goesBack links and configs that cannot be staged are stable's again
     */
    public Targets(
            WantedApp deployed,
            WantedApp candidate,
            Optional<WantedApp> stable,
            Set<WorkloadId> covered,
            Function<HostId, Target> target,
            GlobalChanges consent,
            boolean goesBack) {
        this.deployed = deployed;
        this.candidate = candidate;
        this.stable = stable;
        this.covered = Set.copyOf(covered);
        this.target = target;
        this.decides = !covered.isEmpty();
        this.globalFirst = consent == GlobalChanges.BEFORE_FIRST_STAGE;
        this.goesBack = goesBack;
    }

    private Targets(WantedApp deployed, Set<WorkloadId> covered, Function<HostId, Target> target) {
        this.deployed = deployed;
        this.candidate = deployed;
        this.stable = Optional.empty();
        this.covered = Set.copyOf(covered);
        this.target = target;
        this.decides = false;
        this.globalFirst = true;
        this.goesBack = false;
    }

    /**
     * A policy and no rollout under way: every host runs the deployed version, but those that the
     * policy excludes keep what they run. Who is elsewhere moves within the budget.
     */
    public static Targets settled(
            WantedApp deployed, Set<WorkloadId> covered, Predicate<HostId> excluded) {
        return new Targets(
                deployed, covered, host -> excluded.test(host) ? Target.KEEP : Target.CANDIDATE);
    }

    /** No rollout: every host runs the deployed version of everything. */
    public static Targets none(WantedApp deployed) {
        return new Targets(
                deployed,
                deployed,
                Optional.empty(),
                Set.of(),
                _ -> Target.CANDIDATE,
                GlobalChanges.BEFORE_FIRST_STAGE,
                false);
    }

    /** Whether a rollout decides what hosts run of it. */
    boolean covers(WorkloadId id) {
        return covered.contains(id);
    }

    /** Whether a rollout decides when a host moves to another version of it. */
    boolean decides(WorkloadId id) {
        return decides && covers(id);
    }

    Target target(HostId host) {
        return target.apply(host);
    }

    /** The version by which a host should run a workload; empty: it should run none of it. */
    Optional<WantedApp> version(HostId host, WorkloadId id) {
        if (!covers(id)) {
            return Optional.of(deployed);
        }
        return switch (target.apply(host)) {
            case CANDIDATE -> Optional.of(candidate);
            case STABLE -> stable;
            case KEEP -> stable.or(() -> Optional.of(deployed));
            case NOTHING -> Optional.empty();
        };
    }

    WantedApp candidate() {
        return candidate;
    }

    Optional<WantedApp> stable() {
        return stable;
    }

    String revision(WantedApp version) {
        return RevisionHash.of(version, covered);
    }

    /** Whether a host runs a workload just as a version says. */
    boolean isOn(WantedApp version, Workload workload, Running running) {
        if (!workload.isImage(running.image())) {
            return false;
        }
        var seen = Annotations.rolloutRevision(running);
        return seen.isPresent() && seen.get().equals(revision(version));
    }

    /** Workloads to be placed: the deployed version's, and those that only the other has. */
    private List<Workload> workloads() {
        var all = new ArrayList<>(deployed.workloads());
        for (var other : stable.map(List::of).orElse(List.of())) {
            leftOut(other, all);
        }
        leftOut(candidate, all);
        return all;
    }

    private void leftOut(WantedApp version, List<Workload> all) {
        for (var workload : version.workloads()) {
            boolean known = all.stream().anyMatch(w -> w.id().equals(workload.id()));
            if (covers(workload.id()) && !known) {
                all.add(workload);
            }
        }
    }

    /**
     * All that there has to be while both versions may run: workloads, links and configs of both,
     * and of links and configs that the two say differently under one name, one.
     */
    public WantedApp whole() {
        if (stable.isEmpty() || covered.isEmpty()) {
            return deployed;
        }
        boolean candidateFirst = globalFirst && !goesBack;
        var first = candidateFirst ? candidate : stable.get();
        var second = candidateFirst ? stable.get() : candidate;
        var links = new ArrayList<>(first.links());
        for (var link : second.links()) {
            if (links.stream().noneMatch(l -> isInTheWay(l, link))) {
                links.add(link);
            }
        }
        SortedMap<String, SortedMap<String, String>> configs = new TreeMap<>(second.configs());
        configs.putAll(first.configs());
        var external = new TreeSet<>(first.external());
        external.addAll(second.external());
        external.removeAll(configs.keySet());
        return new WantedApp(
                deployed.app(),
                deployed.record(),
                deployed.version(),
                deployed.label(),
                workloads(),
                links,
                configs,
                external,
                deployed.missing(),
                deployed.staged());
    }

    private static boolean isInTheWay(Link one, Link other) {
        return one.key().equals(other.key());
    }
}
