package dev.trellis.scheduler.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Builds problems a step at a time; every {@code with} returns another. */
record World(List<HostSlot> hosts, List<SpreadRule> spreads, int instances, PlacementProblem of) {

    private static PlacementProblem problem(
            List<HostSlot> hosts, List<SpreadRule> spreads, int instances) {
        return new PlacementProblem(
                "app",
                hosts,
                spreads,
                instances,
                Apportionment.WEBSTER,
                false,
                OptionalInt.empty(),
                Integer.MAX_VALUE,
                Map.of());
    }

    static World of(int instances, List<HostSlot> hosts, SpreadRule... spreads) {
        var rules = List.of(spreads);
        return new World(hosts, rules, instances, problem(hosts, rules, instances));
    }

    /** Hosts with one cap, in no domain. */
    static List<HostSlot> hosts(int cap, String... ids) {
        return Arrays.stream(ids).map(id -> HostSlot.open(id, cap)).toList();
    }

    /** A spread over the hosts whose id starts so. */
    static SpreadRule spread(String prefix, int weight, List<HostSlot> hosts) {
        return SpreadRule.weighted(prefix, weight, ids(hosts, id -> id.startsWith(prefix)));
    }

    static List<String> ids(List<HostSlot> hosts, Predicate<String> wanted) {
        return hosts.stream().map(HostSlot::id).filter(wanted).toList();
    }

    World skew(int maxSkew, int moves) {
        return bounds(List.of(Topology.bound("zone", maxSkew)), List.of())
                .rebalance(Rebalance.ON_VIOLATION, moves);
    }

    World bounds(List<Topology> topology, List<ValueLimit> limits) {
        return with(of.withBounds(topology, limits));
    }

    World rebalance(Rebalance mode, int moves) {
        return with(of.withRebalance(mode, moves));
    }

    World redistribute() {
        return with(
                new PlacementProblem(
                        of.app(),
                        hosts,
                        spreads,
                        instances,
                        of.apportion(),
                        true,
                        of.topology(),
                        of.maxPerValue(),
                        of.rebalance(),
                        of.moves(),
                        of.load()));
    }

    World hosts(List<HostSlot> others) {
        return with(of.withHosts(others));
    }

    World from(Placement before) {
        return load(before.perHost());
    }

    World load(Map<String, Integer> load) {
        return with(of.withLoad(load));
    }

    Placement solve() {
        return Assign.solve(of);
    }

    private World with(PlacementProblem changed) {
        return new World(changed.hosts(), changed.spreads(), changed.instances(), changed);
    }

    /** What is taken from hosts, counted over hosts. */
    static int moves(Map<String, Integer> before, Map<String, Integer> after) {
        return before.entrySet().stream()
                .mapToInt(entry ->
                        Math.max(0, entry.getValue() - after.getOrDefault(entry.getKey(), 0)))
                .sum();
    }

    /** Two to seven hosts in three zones, one to four spreads that may overlap, some load. */
    static World random(Random random) {
        var labels = new ArrayList<String>();
        var hosts = new ArrayList<HostSlot>();
        boolean zones = random.nextBoolean();
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            char zone = "abc".charAt(random.nextInt(3));
            var id = "h" + i + zone + "sh".charAt(random.nextInt(2)) + random.nextInt(2);
            labels.add(id);
            hosts.add(new HostSlot(id, 1 + random.nextInt(4), false, zones ? "" + zone : "", 0));
        }
        var spreads = new ArrayList<SpreadRule>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            var eligible = new ArrayList<>(labels);
            if (random.nextInt(10) < 3) {
                char zone = "abc".charAt(random.nextInt(3));
                eligible.removeIf(id -> id.charAt(2) != zone);
            }
            if (random.nextInt(10) < 3) {
                char disk = "sh".charAt(random.nextInt(2));
                eligible.removeIf(id -> id.charAt(3) != disk);
            }
            if (random.nextInt(10) < 3) {
                char gpu = "01".charAt(random.nextInt(2));
                eligible.removeIf(id -> id.charAt(4) != gpu);
            }
            spreads.add(
                    SpreadRule.weighted(
                            "s" + i, List.of(10, 50, 100).get(random.nextInt(3)), eligible));
        }
        var world = of(random.nextInt(15), hosts, spreads.toArray(SpreadRule[]::new));
        if (zones) {
            world = world.skew(1 + random.nextInt(2), Integer.MAX_VALUE);
        }
        var load = new TreeMap<String, Integer>();
        for (var id : labels) {
            if (random.nextInt(10) < 6) {
                load.put(id, 1 + random.nextInt(5));
            }
        }
        return (random.nextBoolean() ? world.redistribute() : world).load(load);
    }
}
