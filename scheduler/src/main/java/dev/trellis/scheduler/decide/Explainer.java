package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.Host;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.place.HostOrder;
import dev.trellis.scheduler.place.Placement;
import dev.trellis.scheduler.place.Rebalance;
import dev.trellis.scheduler.place.Shortage;
import dev.trellis.scheduler.place.SpreadRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Explains a plan from what it was made of: nothing here is worked out in another way. */
final class Explainer {
    private final WantedApp app;
    private final Situation situation;
    private final HostOrder order;
    private final AppMemory memory;
    private final List<WorkloadPlan> workloads;

    Explainer(WantedApp app, Situation situation, AppMemory memory, List<WorkloadPlan> workloads) {
        this.app = app;
        this.situation = situation;
        this.memory = memory;
        this.order = memory.order();
        this.workloads = workloads;
    }

    Explanation explain(Optional<HostId> host) {
        return new Explanation(
                app.app(),
                app.version().version(),
                workloads.stream().map(this::component).toList(),
                host.flatMap(situation.view()::host).map(this::host));
    }

    private Explanation.ComponentExplanation component(WorkloadPlan plan) {
        var placement = plan.placement();
        return new Explanation.ComponentExplanation(
                plan.workload().name(),
                placement.placed() + placement.missing(),
                placement.placed(),
                spreads(plan),
                placement.skews().stream()
                        .map(skew ->
                                new Explanation.SkewExplanation(
                                        skew.key(),
                                        skew.spread(),
                                        skew.value(),
                                        skew.max(),
                                        skew.fullValues()))
                        .toList(),
                moves(plan));
    }

    private List<Explanation.SpreadExplanation> spreads(WorkloadPlan plan) {
        var spreads = new ArrayList<Explanation.SpreadExplanation>();
        for (var spread : plan.workload().spreads()) {
            var rule =
                    plan.ground().rules().stream()
                            .filter(r -> r.name().equals(spread.name()))
                            .findFirst()
                            .orElseThrow();
            var shortages = shortages(plan.placement(), spread.name());
            var binding = new LinkedHashSet<String>();
            shortages.forEach(s -> binding.addAll(Limits.binding(plan.ground(), s, situation)));
            var filtered = filtered(plan, spread, rule);
            int out = filtered.values().stream().mapToInt(Integer::intValue).sum();
            int total = situation.view().hosts().size();
            spreads.add(
                    new Explanation.SpreadExplanation(
                            spread.name(),
                            spread.weight(),
                            plan.placement().targets().getOrDefault(spread.name(), 0),
                            placed(plan.placement(), spread.name()),
                            total,
                            total - out,
                            filtered,
                            shortages.isEmpty() ? new TreeMap<>() : exhausted(plan, rule),
                            List.copyOf(binding),
                            new Trials(plan, situation, order).wouldFitIf(spread, shortages)));
        }
        return spreads;
    }

    private static int placed(Placement placement, String spread) {
        return placement.perSpread().getOrDefault(spread, new TreeMap<>()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Those of the spread itself, and what no spread could take. */
    private static List<Shortage> shortages(Placement placement, String spread) {
        return placement.shortages().stream()
                .filter(s -> s.spread().equals(spread) || s.spread().equals(Placement.NO_SPREAD))
                .toList();
    }

    private SortedMap<String, Integer> filtered(
            WorkloadPlan plan, Workload.SpreadSpec spread, SpreadRule rule) {
        var eligible = new HashSet<>(rule.eligible());
        var filtered = new TreeMap<String, Integer>();
        for (var host : situation.view().hosts().values()) {
            if (eligible.contains(host.id().value())) {
                if (situation.isClosed(host.id())) {
                    filtered.merge(Limits.closed(host.id(), situation), 1, Integer::sum);
                }
            } else {
                filtered.merge(why(plan, spread, host), 1, Integer::sum);
            }
        }
        return filtered;
    }

    private static String why(WorkloadPlan plan, Workload.SpreadSpec spread, Host host) {
        var unmet = Eligibility.unmet(plan.workload(), spread, host);
        if (unmet.isPresent()) {
            return unmet.get();
        }
        return plan.ground().barred().getOrDefault(host.id(), "inventory unknown");
    }

    private SortedMap<String, Integer> exhausted(WorkloadPlan plan, SpreadRule rule) {
        var placed = plan.placement().perHost();
        var exhausted = new TreeMap<String, Integer>();
        var caps = new TreeMap<String, Integer>();
        plan.ground().slots().forEach(slot -> caps.put(slot.id(), slot.cap()));
        for (var id : rule.eligible()) {
            boolean open = !situation.isClosed(new HostId(id));
            int cap = caps.getOrDefault(id, Integer.MAX_VALUE);
            if (open && placed.getOrDefault(id, 0) >= cap) {
                Limits.caps(plan.ground(), id, situation)
                        .forEach(name -> exhausted.merge(name, 1, Integer::sum));
            }
        }
        return exhausted;
    }

    private Explanation.Moves moves(WorkloadPlan plan) {
        int forced = 0;
        int voluntary = 0;
        for (var cell : plan.cells()) {
            int surplus = Math.max(0, cell.running() - cell.wanted());
            if (cell.forced().isPresent()) {
                forced += surplus;
            } else {
                voluntary += surplus;
            }
        }
        int suppressed = 0;
        var why = "";
        if (!plan.workload().daemon() && !plan.workload().rules().topology().isEmpty()) {
            var rested = rested(plan);
            suppressed = rested.solve(order, Rebalance.ALWAYS, Integer.MAX_VALUE).repairs();
            why = suppressed == 0 ? "" : why(plan.workload(), rested);
        }
        return new Explanation.Moves(forced, voluntary, suppressed, why);
    }

    /** As it will be once what is decided is done. */
    private static Ground rested(WorkloadPlan plan) {
        var ground = plan.ground();
        return new Ground(
                ground.workload(),
                ground.slots(),
                ground.rules(),
                plan.placement().perHost(),
                ground.barred(),
                ground.foreign(),
                ground.held());
    }

    private String why(Workload workload, Ground rested) {
        var rule = workload.rules().rebalance();
        boolean byRule =
                rested.solve(order, Ground.mode(workload), Integer.MAX_VALUE).repairs() > 0;
        if (!byRule) {
            return "rebalance=" + rule.mode().word();
        }
        int made = memory.movedWithin(workload.id(), rule.per(), situation.now());
        return made >= rule.maxMoves()
                ? "maxMoves=" + rule.maxMoves() + " in " + rule.per().toMinutes() + "m"
                : "maxUnavailable";
    }

    private Explanation.HostExplanation host(Host host) {
        var components = new ArrayList<Explanation.HostComponent>();
        for (var plan : workloads) {
            boolean eligible =
                    plan.ground().rules().stream()
                            .anyMatch(rule -> rule.eligible().contains(host.id().value()));
            components.add(
                    new Explanation.HostComponent(
                            plan.workload().name(),
                            eligible,
                            plan.placement().perHost().getOrDefault(host.id().value(), 0),
                            host.running(plan.workload().id()).map(Running::instances).orElse(0),
                            reason(plan, host, eligible)));
        }
        var target =
                new Explanation.HostTarget(
                        app.version().version(), Optional.empty(), List.of(), "deployed version");
        return new Explanation.HostExplanation(host.id(), Optional.of(target), components);
    }

    private String reason(WorkloadPlan plan, Host host, boolean eligible) {
        if (!eligible) {
            var reasons = new LinkedHashSet<String>();
            for (var spread : plan.workload().spreads()) {
                reasons.add(why(plan, spread, host) + has(spread, host));
            }
            return String.join("; ", reasons);
        }
        if (situation.isClosed(host.id())) {
            return Limits.closed(host.id(), situation);
        }
        int wanted = plan.placement().perHost().getOrDefault(host.id().value(), 0);
        return wanted > 0 ? "spread " + plan.spreadOn(host.id()) : "others come first";
    }

    /** What the host has in place of the first requirement that it does not meet. */
    private static String has(Workload.SpreadSpec spread, Host host) {
        for (Map.Entry<String, String> asked : spread.requirements().entrySet()) {
            var value = host.labels().get(asked.getKey());
            if (!asked.getValue().equals(value)) {
                return value == null ? ": host has none" : ": host has " + value;
            }
        }
        return "";
    }
}
