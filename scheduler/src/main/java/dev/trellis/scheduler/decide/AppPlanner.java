package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.place.Rebalance;
import dev.trellis.scheduler.place.Skew;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what a deployed app wants with what is seen, less what is on its way. Pure: plan, status
 * and reconcile are this one function. In this order:
 *
 * <ol>
 *   <li>configs, then the links that name them;
 *   <li>placement, components before providers;
 *   <li>what each host is told next.
 * </ol>
 */
public final class AppPlanner {
    private AppPlanner() {}

    /** {@code claimedBy}: another app that owns an id or link of this one; then nothing is sent. */
    public static AppPlan plan(
            WantedApp app,
            Situation situation,
            AppMemory memory,
            Revisions revisions,
            Optional<String> claimedBy,
            boolean settled,
            Moves moves) {
        return plan(app, situation, memory, revisions, claimedBy, settled, moves, Optional.empty());
    }

    /** The same with a rollout, which decides what hosts run of the workloads that it covers. */
    public static AppPlan plan(
            WantedApp deployed,
            Situation situation,
            AppMemory memory,
            Revisions revisions,
            Optional<String> claimedBy,
            boolean settled,
            Moves moves,
            Optional<Course> course) {
        var targets = course.map(Course::targets).orElseGet(() -> Targets.none(deployed));
        var app = targets.whole();
        var wires = new Wires(app, situation);
        var workloads = new Placer(app, situation, memory, revisions, moves, targets).place();
        boolean known = workloads.stream().allMatch(p -> isKnown(p, targets));
        var released =
                course.isPresent() && known
                        ? course.get()
                                .look(
                                        new Sightings(targets, situation, workloads).all(),
                                        wires.isComplete())
                        : Optional.of(Set.<HostId>of());
        var hosts =
                new HostSteps(
                        app,
                        situation,
                        workloads,
                        memory,
                        wires::isReady,
                        targets,
                        host -> released.filter(r -> r.contains(host)).isPresent());
        boolean noHosts = situation.view().hosts().isEmpty();
        var steps = new ArrayList<Step>();
        if (claimedBy.isEmpty() && !noHosts && released.isPresent()) {
            steps.addAll(wires.steps());
            steps.addAll(hosts.steps());
        }
        boolean done =
                settled
                        && wires.isComplete()
                        && workloads.stream().allMatch(AppPlanner::isDone)
                        && app.missing().isEmpty();
        // what it lacks of another app may come back, and with it the use of what is there now
        boolean settledDown =
                claimedBy.isEmpty()
                        && app.missing().isEmpty()
                        && hosts.toMove() == 0
                        && workloads.stream().allMatch(AppPlanner::isServed);
        var status =
                new StatusBuilder(app, situation, workloads, wires, hosts, memory)
                        .build(claimedBy, settled, done);
        return new AppPlan(
                List.copyOf(steps),
                wires.ask(),
                settledDown,
                claimedBy.isEmpty() ? hosts.disturbed() : Set.of(),
                earlier(hosts.nextCorrection(), wakeAt(workloads, memory, situation)),
                status);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** When a skew that nothing else would make us look at may be lowered further. */
    private static Instant wakeAt(
            List<WorkloadPlan> workloads, AppMemory memory, Situation situation) {
        var next = Instant.MAX;
        for (var plan : workloads) {
            boolean uneven = plan.placement().skews().stream().anyMatch(Skew::isViolated);
            boolean always = Ground.mode(plan.workload()) == Rebalance.ALWAYS;
            if (uneven || always) {
                var per = plan.workload().rules().rebalance().per();
                var at = memory.nextMove(plan.workload().id(), per);
                next = at.isAfter(situation.now()) && at.isBefore(next) ? at : next;
            }
        }
        return next;
    }

    /** Nothing is decided of a rollout while a version that some host runs is being read. */
    private static boolean isKnown(WorkloadPlan plan, Targets targets) {
        return !targets.covers(plan.workload().id())
                || (plan.held().isEmpty()
                        && plan.cells().stream()
                                .noneMatch(c -> c.identity() == Cell.Identity.UNKNOWN));
    }

    private static boolean isDone(WorkloadPlan plan) {
        return plan.held().isEmpty()
                && plan.unplaced() == 0
                && plan.cells().stream().allMatch(Cell::isDone);
    }

    private static boolean isServed(WorkloadPlan plan) {
        return plan.cells().stream().allMatch(c -> c.wanted() == 0 || c.serves());
    }

    /**
     * What it would take from here to where nothing is left to send. Changes nothing that is given.
     *
     * @param demand what is wanted of what the app put, once this version is the desired one
     */
    public static DeployPlan rehearse(
            WantedApp app,
            Situation situation,
            AppMemory memory,
            Revisions revisions,
            Optional<String> from,
            Owned owned,
            Demand demand,
            Optional<String> claimedBy,
            Moves moves) {
        return new Rehearsal(app, situation, memory, revisions)
                .run(from, "", owned, demand, claimedBy, moves);
    }

    /** Why instances are where they are, with what one host has to do with it. */
    public static Explanation explain(
            WantedApp app,
            Situation situation,
            AppMemory memory,
            Revisions revisions,
            Optional<HostId> host) {
        var trial = memory.copy();
        var workloads =
                new Placer(app, situation, trial, revisions, Moves.NONE, Targets.none(app)).place();
        return new Explainer(app, situation, memory, workloads).explain(host);
    }

    /** Enters what the app's workloads need for themselves on a host. */
    public static void claim(WantedApp app, AppMemory memory, Exclusives exclusives) {
        Placer.order(app).forEach(workload -> exclusives.claim(app.app(), workload, memory));
    }

    /** Everything the app puts: what has to be in its owned record before the first put. */
    public static Owned puts(WantedApp app) {
        var components = new TreeSet<WorkloadId>();
        var providers = new TreeSet<WorkloadId>();
        for (var workload : app.workloads()) {
            switch (workload.kind()) {
                case COMPONENT -> components.add(workload.id());
                case PROVIDER -> providers.add(workload.id());
            }
        }
        var links = new TreeSet<LinkKey>();
        app.links().forEach(link -> links.add(link.key()));
        return new Owned(components, providers, links, new TreeSet<>(app.configs().keySet()));
    }

    /** What has to go of what an app owns, and what will be left of it. */
    public static Removal removal(AppName app, Owned owned, Demand demand, Situation situation) {
        var removals = new Removals(app, owned, demand, situation);
        List<Step> steps = List.copyOf(removals.steps());
        var rest = removals.rest();
        return new Removal(steps, removals.ask(), rest);
    }

    /** {@code rest}: of the owned record, once what is seen gone is taken out. */
    public record Removal(List<Step> steps, Set<String> ask, Owned rest) {}
}
