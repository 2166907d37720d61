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
 * @param maxSkew bound on the skew over the hosts' domains; empty: nothing is moved for skew
 * @param moves budget for moves that only lower the skew; 0 for none, {@link Integer#MAX_VALUE} for
 *     no bound
 * @param load what each host is meant to run now; hosts without a slot lose theirs
 */
public record PlacementProblem(
        String app,
        List<HostSlot> hosts,
        List<SpreadRule> spreads,
        int instances,
        Apportionment apportion,
        boolean redistribute,
        OptionalInt maxSkew,
        int moves,
        Map<String, Integer> load) {

    public PlacementProblem {
        if (instances < 0 || moves < 0) {
            throw new IllegalArgumentException("negative instances or moves in app: " + app);
        }
        hosts = List.copyOf(hosts);
        spreads = List.copyOf(spreads);
        load = Map.copyOf(load); // for lookup only: its order differs between JVMs
        var names = new HashSet<String>();
        for (var spread : spreads) {
            if (!names.add(spread.name())) {
                throw new IllegalArgumentException("two spreads named: " + spread.name());
            }
        }
    }

    /** The same problem with another current load. */
    public PlacementProblem withLoad(Map<String, Integer> current) {
        return new PlacementProblem(
                app, hosts, spreads, instances, apportion, redistribute, maxSkew, moves, current);
    }
}
