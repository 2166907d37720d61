package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.decide.AppStatus.Condition;
import dev.trellis.scheduler.place.Shortage;
import dev.trellis.scheduler.place.Skew;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of a deployed app, each from the same look that decided what to send. */
final class Conditions {
    private final WantedApp app;
    private final Situation situation;
    private final AppMemory memory;
    private final List<WorkloadPlan> workloads;
    private final HostSteps hosts;

    Conditions(
            WantedApp app,
            Situation situation,
            AppMemory memory,
            List<WorkloadPlan> workloads,
            HostSteps hosts) {
        this.app = app;
        this.situation = situation;
        this.memory = memory;
        this.workloads = workloads;
        this.hosts = hosts;
    }

    List<Condition> all(Optional<String> claimedBy, boolean done) {
        return List.of(accepted(claimedBy), placed(), progressing(done), available(), degraded());
    }

    private Condition condition(String type, boolean holds, String reason, String message) {
        return new Condition(
                type,
                holds ? "True" : "False",
                reason,
                message,
                situation.now(),
                Optional.of(app.version().version()));
    }

    private Condition accepted(Optional<String> claimedBy) {
        if (claimedBy.isPresent()) {
            return condition(
                    "Accepted",
                    false,
                    "Claimed",
                    "app " + claimedBy.get() + " has the same id, link or config");
        }
        if (!app.missing().isEmpty()) {
            return condition("Accepted", false, "SharedMissing", String.join("; ", app.missing()));
        }
        return condition("Accepted", true, "Valid", "");
    }

    private Condition placed() {
        var texts = new ArrayList<String>();
        var reason = "";
        for (var plan : workloads) {
            if (plan.held().isPresent()) {
                return condition("Placed", false, "InventoryUnknown", plan.held().get());
            }
            if (plan.unplaced() > 0) {
                texts.add(shortage(plan, situation));
                reason = reason.isEmpty() ? reason(plan) : reason;
            }
        }
        if (!texts.isEmpty()) {
            return condition("Placed", false, reason, String.join("; ", texts));
        }
        var skews = new ArrayList<String>();
        for (var plan : workloads) {
            plan.placement().skews().stream()
                    .filter(Skew::isViolated)
                    .forEach(skew ->
                            skews.add(
                                    "%s: skew over %s is %d > %d"
                                            .formatted(
                                                    plan.workload().name(),
                                                    skew.key(),
                                                    skew.value(),
                                                    skew.max())));
        }
        return skews.isEmpty()
                ? condition("Placed", true, "AllPlaced", "")
                : condition("Placed", true, "SkewViolated", String.join("; ", skews));
    }

    /** For people: how many of how many are placed, and what is in the way of the rest. */
    static String shortage(WorkloadPlan plan, Situation situation) {
        int wanted = plan.placement().placed() + plan.unplaced();
        var parts = new ArrayList<String>();
        for (var shortage : plan.placement().shortages()) {
            parts.add(
                    shortage.missing()
                            + " of spread "
                            + shortage.spread()
                            + " fit nowhere ("
                            + String.join(", ", Limits.binding(plan.ground(), shortage, situation))
                            + ")");
        }
        return "%s: %d of %d instances placed: %s"
                .formatted(
                        plan.workload().name(),
                        plan.placement().placed(),
                        wanted,
                        String.join(", ", parts));
    }

    /** The commonest word for what is in the way. */
    private static String reason(WorkloadPlan plan) {
        return plan.placement().shortages().stream()
                .flatMap(shortage -> shortage.blocks().stream())
                .findFirst()
                .map(block -> word(plan, block))
                .orElse("NoEligibleHost");
    }

    private static String word(WorkloadPlan plan, Shortage.Block block) {
        return switch (block) {
            case Shortage.Block.Cap _ -> "MaxPerHost";
            case Shortage.Block.Closed _ -> "Cordoned";
            case Shortage.Block.Value _ -> "MaxPerValue";
            case Shortage.Block.Bound _ -> "MaxSkew";
            case Shortage.Block.Max _ -> "SpreadMax";
            case Shortage.Block.NoHost() ->
                    plan.ground().barred().values().stream()
                                    .anyMatch(why -> why.startsWith("colocateWith"))
                            ? "ColocateWith"
                            : "NoEligibleHost";
        };
    }

    private Condition progressing(boolean done) {
        if (done) {
            return condition("Progressing", false, "Done", "");
        }
        if (hosts.toMove() > 0) {
            return condition(
                    "Progressing",
                    true,
                    "Upgrading",
                    "%d of %d hosts are still to move; %d away, at most %d"
                            .formatted(
                                    hosts.toMove(), hosts.hosts(), hosts.away(), hosts.budget()));
        }
        boolean moving =
                workloads.stream().flatMap(p -> p.cells().stream()).anyMatch(Cell::leaving);
        boolean sent =
                workloads.stream()
                        .flatMap(p -> p.cells().stream())
                        .anyMatch(c -> c.sent().isPresent());
        return condition(
                "Progressing",
                true,
                moving ? "Moving" : sent ? "InFlight" : "Pending",
                hosts.away() + " host(s) not serving or in transition");
    }

    private Condition available() {
        int away = hosts.away();
        boolean someOfEach =
                workloads.stream()
                        .filter(plan -> plan.placement().placed() > 0)
                        .allMatch(plan ->
                                plan.cells().stream()
                                        .anyMatch(c -> c.wanted() > 0 && c.seen().isPresent()));
        boolean within = away <= hosts.budget();
        return condition(
                "Available",
                someOfEach && within,
                !someOfEach ? "NothingServes" : within ? "WithinBudget" : "OverBudget",
                away == 0
                        ? ""
                        : "%d of %d hosts not serving or in transition, at most %d may be"
                                .formatted(away, hosts.hosts(), hosts.budget()));
    }

    private Condition degraded() {
        var conflicts = new ArrayList<String>();
        var failures = new ArrayList<String>();
        var foreign = new ArrayList<String>();
        var ill = new ArrayList<String>();
        for (var plan : workloads) {
            var name = plan.workload().name();
            plan.foreign()
                    .forEach(host ->
                            foreign.add(
                                    name + " on " + host + " belongs to another manager or app"));
            for (var cell : plan.cells()) {
                var at = cell.at();
                memory.flips()
                        .conflict(at, cell.isDone(), situation.now())
                        .ifPresent(flip ->
                                conflicts.add(
                                        "%s on %s is changed again and again by somebody else (put right %d time(s), last at %s)"
                                                .formatted(
                                                        name,
                                                        cell.host(),
                                                        flip.count(),
                                                        flip.last())));
                if (!cell.isDone()
                        && situation.failures().of(at, plan.workload().image()).isPresent()) {
                    failures.add(name + " on " + cell.host());
                }
                if (situation.view().isUnhealthy(cell.host(), cell.workload().id())) {
                    ill.add(name + " on " + cell.host());
                }
            }
        }
        if (!conflicts.isEmpty()) {
            return condition("Degraded", true, "Conflict", some(conflicts));
        }
        if (!failures.isEmpty()) {
            return condition("Degraded", true, "StartFailed", "failed: " + some(failures));
        }
        if (!foreign.isEmpty()) {
            return condition("Degraded", true, "Foreign", some(foreign));
        }
        return ill.isEmpty()
                ? condition("Degraded", false, "Healthy", "")
                : condition("Degraded", true, "Unhealthy", "ill: " + some(ill));
    }

    private static String some(List<String> all) {
        var first = String.join("; ", all.subList(0, Math.min(3, all.size())));
        return all.size() > 3 ? first + "; and " + (all.size() - 3) + " more" : first;
    }
}
