package dev.trellis.scheduler.decide;

import dev.trellis.manifest.placement.MaxPerValue;
import dev.trellis.manifest.placement.RebalanceMode;
import dev.trellis.manifest.placement.Shortfall;
import dev.trellis.manifest.placement.SkewScope;
import dev.trellis.manifest.placement.WhenUnsatisfiable;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.place.Apportionment;
import dev.trellis.scheduler.place.Assign;
import dev.trellis.scheduler.place.Daemon;
import dev.trellis.scheduler.place.HostOrder;
import dev.trellis.scheduler.place.HostSlot;
import dev.trellis.scheduler.place.Placement;
import dev.trellis.scheduler.place.PlacementProblem;
import dev.trellis.scheduler.place.Rebalance;
import dev.trellis.scheduler.place.SpreadRule;
import dev.trellis.scheduler.place.Topology;
import dev.trellis.scheduler.place.ValueLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What placing one workload starts from: the hosts as they are, who is eligible, what runs.
 *
 * @param slots hosts that may be looked at, the closed ones included
 * @param rules spreads with their eligible hosts, in declared order
 * @param load what hosts are meant to run now, by host id
 * @param barred what keeps the workload off a host whatever its labels
 * @param foreign of those, hosts where another manager's or app's entry has the id
 * @param held why nothing is placed or moved now
 */
record Ground(
        Workload workload,
        List<HostSlot> slots,
        List<SpreadRule> rules,
        Map<String, Integer> load,
        Map<HostId, String> barred,
        List<HostId> foreign,
        Optional<String> held) {

    /** A workload that is even host by host: what a rebalance by hand does without a topology. */
    private static final Topology BY_HOST = new Topology("host", 1, false, true);

    static Rebalance mode(Workload workload) {
        return switch (workload.rules().rebalance().mode()) {
            case NEVER -> Rebalance.NEVER;
            case ON_VIOLATION -> Rebalance.ON_VIOLATION;
            case ALWAYS -> Rebalance.ALWAYS;
        };
    }

    /** The skew is reported, and nothing is moved for it. */
    static boolean isNever(Workload workload) {
        return workload.rules().rebalance().mode() == RebalanceMode.NEVER;
    }

    Placement solve(HostOrder order, Rebalance mode, int moves) {
        if (held.isPresent()) {
            return asItIs();
        }
        if (workload.daemon()) {
            return Daemon.solve(workload.instances(), slots, rules, load, limits());
        }
        return Assign.solve(problem(order.app(), mode, moves), order);
    }

    PlacementProblem problem(String app, Rebalance mode, int moves) {
        var topology = topology();
        boolean byHost = mode == Rebalance.ONCE && topology.isEmpty();
        return new PlacementProblem(
                app,
                byHost ? slots.stream().map(Ground::byHost).toList() : slots,
                rules,
                workload.instances(),
                switch (workload.rules().apportion()) {
                    case WADM -> Apportionment.WADM;
                    case WEBSTER -> Apportionment.WEBSTER;
                },
                workload.rules().shortfall() == Shortfall.REDISTRIBUTE,
                byHost ? List.of(BY_HOST) : topology,
                limits(),
                mode,
                moves,
                load);
    }

    private static HostSlot byHost(HostSlot slot) {
        var values = new ArrayList<String>();
        values.add(slot.id());
        values.addAll(slot.values());
        return new HostSlot(
                slot.id(), slot.cap(), slot.state(), slot.ahead(), slot.prefer(), values);
    }

    private List<Topology> topology() {
        return workload.rules().topology().stream()
                .map(t ->
                        new Topology(
                                t.key(),
                                t.maxSkew(),
                                t.whenUnsatisfiable() == WhenUnsatisfiable.HOLD,
                                t.scope() == SkewScope.PER_SPREAD))
                .toList();
    }

    private List<ValueLimit> limits() {
        return workload.rules().maxPerValue().stream().map(Ground::limit).toList();
    }

    private static ValueLimit limit(MaxPerValue limit) {
        return new ValueLimit(limit.key(), limit.max());
    }

    private Placement asItIs() {
        var first = workload.spreads().getFirst().name();
        var perHost = new TreeMap<>(load);
        perHost.values().removeIf(count -> count == 0);
        return new Placement(perHost, Map.of(first, perHost), Map.of(first, 0), Map.of());
    }

    /** The same with other hosts to choose from. */
    Ground withSlots(List<HostSlot> others) {
        return new Ground(workload, others, rules, load, barred, foreign, held);
    }
}
