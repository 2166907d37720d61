package dev.trellis.scheduler.place;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Everything that decides where the instances of one component go.
 *
 * @param app app name; part of the hash that orders hosts, so the components of an app meet
 * @param spreads in declared order
 * @param instances wanted in all
 * @param redistribute whether other spreads take what one cannot hold ({@code shortfall})
 * @param topology bounds on the skew; the first also defines the domains by which hosts are filled
 * @param maxPerValue hard limits over hosts with one label value
 * @param rebalance when to move only for the sake of the skew
 * @param moves budget for such moves; 0 for none, {@link Integer#MAX_VALUE} for no bound
 * @param load what each host is meant to run now; hosts without a slot lose theirs
 */
public record PlacementProblem(
        String app,
        List<HostSlot> hosts,
        List<SpreadRule> spreads,
        int instances,
        Apportionment apportion,
        boolean redistribute,
        List<Topology> topology,
        List<ValueLimit> maxPerValue,
        Rebalance rebalance,
        int moves,
        Map<String, Integer> load) {

    public PlacementProblem {
        if (instances < 0 || moves < 0) {
            throw new IllegalArgumentException("negative instances or moves in app: " + app);
        }
        hosts = List.copyOf(hosts);
        spreads = List.copyOf(spreads);
        topology = List.copyOf(topology);
        maxPerValue = List.copyOf(maxPerValue);
        load = Map.copyOf(load); // for lookup only: its order differs between JVMs
        var names = new HashSet<String>();
        for (var spread : spreads) {
            if (!names.add(spread.name())) {
                throw new IllegalArgumentException("two spreads named: " + spread.name());
            }
        }
    }

    /**
     * A problem with at most one topology key, and no limits by value.
     *
     * @param maxSkew bound on the skew over the hosts' domains; empty: none, though hosts are still
     *     filled by domain
     */
    public PlacementProblem(
            String app,
            List<HostSlot> hosts,
            List<SpreadRule> spreads,
            int instances,
            Apportionment apportion,
            boolean redistribute,
            OptionalInt maxSkew,
            int moves,
            Map<String, Integer> load) {
        this(
                app,
                hosts,
                spreads,
                instances,
                apportion,
                redistribute,
                maxSkew.isPresent()
                        ? List.of(Topology.bound("domain", maxSkew.getAsInt()))
                        : List.of(),
                List.of(),
                Rebalance.ON_VIOLATION,
                moves,
                load);
    }

    /** The same problem with another current load. */
    public PlacementProblem withLoad(Map<String, Integer> current) {
        return new PlacementProblem(
                app,
                hosts,
                spreads,
                instances,
                apportion,
                redistribute,
                topology,
                maxPerValue,
                rebalance,
                moves,
                current);
    }

    /** The same problem over other hosts. */
    public PlacementProblem withHosts(List<HostSlot> others) {
        return new PlacementProblem(
                app,
                others,
                spreads,
                instances,
                apportion,
                redistribute,
                topology,
                maxPerValue,
                rebalance,
                moves,
                load);
    }

    /** The same problem with other spreads. */
    public PlacementProblem withSpreads(List<SpreadRule> others) {
        return new PlacementProblem(
                app,
                hosts,
                others,
                instances,
                apportion,
                redistribute,
                topology,
                maxPerValue,
                rebalance,
                moves,
                load);
    }

    /** The same problem with other bounds. */
    public PlacementProblem withBounds(List<Topology> bounds, List<ValueLimit> limits) {
        return new PlacementProblem(
                app,
                hosts,
                spreads,
                instances,
                apportion,
                redistribute,
                bounds,
                limits,
                rebalance,
                moves,
                load);
    }

    /** The same problem with another budget of moves that are made only for the skew. */
    public PlacementProblem withRebalance(Rebalance mode, int budget) {
        return new PlacementProblem(
                app,
                hosts,
                spreads,
                instances,
                apportion,
                redistribute,
                topology,
                maxPerValue,
                mode,
                budget,
                load);
    }

    /** What is tracked of each host's labels: one for each topology entry, then each limit. */
    int dimensions() {
        return topology.size() + maxPerValue.size();
    }

    /**
     * Whether nothing but the first topology entry, measured by spread, ties hosts together: then
     * whole levels can be filled at once.
     */
    boolean isPlain() {
        return maxPerValue.isEmpty()
                && topology.size() <= 1
                && topology.stream().allMatch(Topology::perSpread);
    }
}
