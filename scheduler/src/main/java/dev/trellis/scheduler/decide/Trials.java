package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.place.Assign;
import dev.trellis.scheduler.place.Daemon;
import dev.trellis.scheduler.place.HostOrder;
import dev.trellis.scheduler.place.HostSlot;
import dev.trellis.scheduler.place.PlacementProblem;
import dev.trellis.scheduler.place.Rebalance;
import dev.trellis.scheduler.place.Shortage;
import dev.trellis.scheduler.place.SpreadRule;
import dev.trellis.scheduler.place.Topology;
import dev.trellis.scheduler.place.ValueLimit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what would place at least one more, by solving again with each limit one higher. */
final class Trials {
    private static final String ANOTHER = "(another host)";

    private final WorkloadPlan plan;
    private final Situation situation;
    private final HostOrder order;
    private final PlacementProblem problem;

    Trials(WorkloadPlan plan, Situation situation, HostOrder order) {
        this.plan = plan;
        this.situation = situation;
        this.order = order;
        this.problem = plan.ground().problem(order.app(), Rebalance.NEVER, 0);
    }

    /** Changes that were tried and help; empty when nothing is missing. */
    List<String> wouldFitIf(Workload.SpreadSpec spread, List<Shortage> shortages) {
        if (shortages.isEmpty()) {
            return List.of();
        }
        var trials = new LinkedHashMap<String, PlacementProblem>();
        for (var shortage : shortages) {
            shortage.blocks().forEach(block -> relax(block, trials));
        }
        if (plan.workload().beside().isEmpty() && !plan.workload().daemon()) {
            trials.put("+1 host" + asked(spread), anotherHost(spread));
        }
        var help = new ArrayList<String>();
        trials.forEach((change, changed) -> {
            if (missing(changed) < plan.placement().missing()) {
                help.add(change);
            }
        });
        return help;
    }

    private int missing(PlacementProblem changed) {
        return plan.workload().daemon()
                ? Daemon.solve(
                                changed.instances(),
                                changed.hosts(),
                                changed.spreads(),
                                changed.load(),
                                changed.maxPerValue())
                        .missing()
                : Assign.solve(changed, order).missing();
    }

    private void relax(Shortage.Block block, Map<String, PlacementProblem> trials) {
        switch (block) {
            case Shortage.Block.NoHost() -> {}
            case Shortage.Block.Cap(var hosts) -> relaxCaps(new HashSet<>(hosts), trials);
            case Shortage.Block.Closed(var hosts) ->
                    hosts.stream()
                            .filter(host -> situation.marks().containsKey(new HostId(host)))
                            .forEach(host -> trials.put("uncordon " + host, opened(host)));
            case Shortage.Block.Value(var limit, _) ->
                    trials.put(
                            "maxPerValue " + limit.key() + ">=" + (limit.max() + 1),
                            problem.withBounds(problem.topology(), raised(limit)));
            case Shortage.Block.Bound(var topology) ->
                    trials.put(
                            "maxSkew " + topology.key() + ">=" + (topology.maxSkew() + 1),
                            problem.withBounds(raised(topology), problem.maxPerValue()));
            case Shortage.Block.Max(var spread, var max) ->
                    trials.put("spreads." + spread + ".max>=" + (max + 1), wider(spread));
        }
    }

    private void relaxCaps(Set<String> full, Map<String, PlacementProblem> trials) {
        var rules = plan.workload().rules();
        if (plan.workload().daemon()) {
            return; // what a daemon lacks it lacks on that very host: the binding says it all
        }
        rules.maxPerHost()
                .ifPresent(cap ->
                        trials.put("maxPerHost>=" + (cap + 1), raisedWhere("maxPerHost=", full)));
        situation
                .limits()
                .maxPerHost()
                .ifPresent(cap ->
                        trials.put(
                                "lattice maxPerHost>=" + (cap + 1),
                                raisedWhere("lattice maxPerHost=", full)));
        trials.put(
                "label placement.max-instances one higher",
                raisedWhere("label placement.max-instances=", full));
    }

    /** Hosts whose cap is set by this kind of limit alone can have one more. */
    private PlacementProblem raisedWhere(String kind, Set<String> full) {
        var slots = new ArrayList<HostSlot>();
        for (var slot : problem.hosts()) {
            var caps =
                    full.contains(slot.id())
                            ? Limits.caps(plan.ground(), slot.id(), situation)
                            : Set.<String>of();
            boolean alone = caps.size() == 1 && caps.iterator().next().startsWith(kind);
            slots.add(alone ? slot.withCap(slot.cap() + 1) : slot);
        }
        return problem.withHosts(slots);
    }

    private PlacementProblem opened(String host) {
        return problem.withHosts(
                problem.hosts().stream()
                        .map(slot ->
                                slot.id().equals(host) ? slot.withState(HostSlot.State.OPEN) : slot)
                        .toList());
    }

    private List<ValueLimit> raised(ValueLimit limit) {
        return problem.maxPerValue().stream()
                .map(l -> l.equals(limit) ? new ValueLimit(l.key(), l.max() + 1) : l)
                .toList();
    }

    private List<Topology> raised(Topology topology) {
        return problem.topology().stream()
                .map(t ->
                        t.equals(topology)
                                ? new Topology(t.key(), t.maxSkew() + 1, t.hold(), t.perSpread())
                                : t)
                .toList();
    }

    private PlacementProblem wider(String spread) {
        return problem.withSpreads(
                problem.spreads().stream()
                        .map(s ->
                                s.name().equals(spread)
                                        ? new SpreadRule(
                                                s.name(),
                                                s.weight(),
                                                s.min(),
                                                s.max() + 1,
                                                s.eligible())
                                        : s)
                        .toList());
    }

    private static String asked(Workload.SpreadSpec spread) {
        var text = new StringBuilder();
        spread.requirements()
                .forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
        return text.toString();
    }

    /** A host with the labels that the spread asks for, and with values of its own elsewhere. */
    private PlacementProblem anotherHost(Workload.SpreadSpec spread) {
        var rules = plan.workload().rules();
        var values = new ArrayList<String>();
        rules.topology().forEach(t -> values.add(value(spread, t.key())));
        rules.maxPerValue().forEach(l -> values.add(value(spread, l.key())));
        int cap =
                Math.min(
                        rules.maxPerHost().orElse(Integer.MAX_VALUE),
                        situation.limits().maxPerHost().orElse(Integer.MAX_VALUE));
        if (plan.workload().kind() == WorkloadKind.PROVIDER) {
            cap = Math.min(cap, 1);
        }
        var slots = new ArrayList<>(problem.hosts());
        slots.add(new HostSlot(ANOTHER, cap, HostSlot.State.OPEN, false, 0, values));
        var spreads =
                problem.spreads().stream()
                        .map(s -> s.name().equals(spread.name()) ? withAnother(s) : s)
                        .toList();
        return problem.withHosts(slots).withSpreads(spreads);
    }

    private static String value(Workload.SpreadSpec spread, String key) {
        return spread.requirements().getOrDefault(key, ANOTHER);
    }

    private static SpreadRule withAnother(SpreadRule spread) {
        var eligible = new ArrayList<>(spread.eligible());
        eligible.add(ANOTHER);
        return new SpreadRule(spread.name(), spread.weight(), spread.min(), spread.max(), eligible);
    }
}
