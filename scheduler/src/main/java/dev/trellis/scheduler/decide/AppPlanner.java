package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.wanted.Owned;
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
            boolean settled) {
        var wires = new Wires(app, situation);
        var workloads = new Placer(app, situation, memory, revisions).place();
        var hosts = new HostSteps(app, situation, workloads, wires::isReady);
        boolean noHosts = situation.view().hosts().isEmpty();
        var steps = new ArrayList<Step>();
        if (claimedBy.isEmpty() && !noHosts) {
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
                new StatusBuilder(app, situation, workloads, wires, hosts)
                        .build(claimedBy, settled, done);
        return new AppPlan(List.copyOf(steps), wires.ask(), settledDown, status);
    }

    private static boolean isDone(WorkloadPlan plan) {
        return plan.held().isEmpty()
                && plan.unplaced() == 0
                && plan.cells().stream().allMatch(Cell::isDone);
    }

    private static boolean isServed(WorkloadPlan plan) {
        return plan.cells().stream().allMatch(c -> c.wanted() == 0 || c.serves());
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
