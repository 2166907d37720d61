package dev.trellis.scheduler.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Limits by value, several topology entries, drains, and hosts that come before all others. */
final class BoundsTest {

    private static HostSlot slot(String id, int cap, String... values) {
        return new HostSlot(id, cap, HostSlot.State.OPEN, false, 0, List.of(values));
    }

    private static Map<String, Integer> byValue(World world, Placement placed, int dimension) {
        var loads = new HashMap<String, Integer>();
        for (var host : world.of().hosts()) {
            loads.merge(
                    host.value(dimension),
                    placed.perHost().getOrDefault(host.id(), 0),
                    Integer::sum);
        }
        return loads;
    }

    @Test
    void aLimitByValueBindsAllHostsOfThatValue() {
        var hosts = List.of(slot("a0", 9, "a"), slot("a1", 9, "a"), slot("b0", 9, "b"));
        var world =
                World.of(8, hosts, World.spread("", 1, hosts))
                        .bounds(List.of(), List.of(new ValueLimit("zone", 3)));

        var placed = world.solve();

        assertThat(byValue(world, placed, 0)).isEqualTo(Map.of("a", 3, "b", 3));
        assertThat(placed.unplaced()).isEqualTo(Map.of("", 2));
        assertThat(placed.shortages())
                .containsExactly(
                        new Shortage(
                                "",
                                2,
                                List.of(
                                        new Shortage.Block.Value(
                                                new ValueLimit("zone", 3), List.of("a", "b")))));
    }

    @Test
    void whatIsOverALimitByValueIsRemoved() {
        var hosts = List.of(slot("a0", 9, "a"), slot("a1", 9, "a"), slot("b0", 9, "b"));
        var world =
                World.of(6, hosts, World.spread("", 1, hosts))
                        .bounds(List.of(), List.of(new ValueLimit("zone", 4)))
                        .load(Map.of("a0", 3, "a1", 3));

        assertThat(byValue(world, world.solve(), 0)).isEqualTo(Map.of("a", 4, "b", 2));
    }

    @Test
    void aFullValueIsVacatedForASpreadThatFitsNowhereElse() {
        var hosts = List.of(slot("a0", 9, "a"), slot("a1", 9, "a"), slot("b0", 9, "b"));
        var any = SpreadRule.weighted("any", 50, List.of("a0", "a1", "b0"));
        var only = SpreadRule.weighted("only", 50, List.of("a1"));
        var world =
                World.of(4, hosts, any, only).bounds(List.of(), List.of(new ValueLimit("zone", 2)));

        var placed =
                Assign.solve(
                        world.of(),
                        Map.of("any", Map.of("a0", 2), "only", Map.<String, Integer>of()));

        assertThat(placed.unplaced()).isEmpty();
        assertThat(placed.perSpread().get("only")).isEqualTo(Map.of("a1", 2));
        assertThat(placed.perSpread().get("any")).isEqualTo(Map.of("b0", 2));
    }

    @Test
    void aFurtherKeyThatHoldsLeavesAnInstanceUnplaced() {
        var hosts =
                List.of(
                        slot("h0", 9, "a", "r1"),
                        slot("h1", 9, "b", "r1"),
                        slot("h2", 1, "b", "r2"));
        var zone = Topology.bound("zone", 1);
        var world = World.of(6, hosts, World.spread("", 1, hosts));

        var held =
                world.bounds(
                                List.of(zone, Topology.bound("rack", 9)),
                                List.of(new ValueLimit("none", 100)))
                        .solve();
        assertThat(held.unplaced()).isEmpty();

        var anyway =
                world.bounds(List.of(zone, new Topology("rack", 1, false, true)), List.of())
                        .solve();
        assertThat(anyway.unplaced()).isEmpty();
    }

    @Test
    void scopeComponentBalancesAllSpreadsTogether() {
        var hosts = List.of(slot("a0", 9, "a"), slot("b0", 9, "b"));
        var onlyA = SpreadRule.weighted("onlyA", 50, List.of("a0"));
        var any = SpreadRule.weighted("any", 50, List.of("a0", "b0"));
        var world = World.of(4, hosts, onlyA, any);

        var together =
                world.bounds(List.of(new Topology("zone", 1, true, false)), List.of()).solve();
        var each = world.bounds(List.of(Topology.bound("zone", 1)), List.of()).solve();

        assertThat(together.perHost()).isEqualTo(Map.of("a0", 2, "b0", 2));
        assertThat(each.perHost()).isEqualTo(Map.of("a0", 3, "b0", 1));
    }

    @Test
    void aDrainingHostLosesWhatFitsElsewhereAndKeepsTheRest() {
        var hosts =
                List.of(
                        HostSlot.open("a", 2),
                        HostSlot.open("b", 2).withState(HostSlot.State.DRAINING));
        var world = World.of(3, hosts, World.spread("", 1, hosts)).load(Map.of("a", 1, "b", 2));

        var placed = world.solve();

        assertThat(placed.perHost()).isEqualTo(Map.of("a", 2, "b", 1));
        assertThat(placed.unplaced()).isEmpty();
        assertThat(placed.stuck()).containsOnlyKeys("b");
    }

    @Test
    void oneHostAheadOfAllOthersIsServedAndNoMore() {
        var hosts = List.of(HostSlot.open("a", 9), HostSlot.open("b", 9).withAhead());
        var world = World.of(3, hosts, World.spread("", 1, hosts)).load(Map.of("a", 3));

        assertThat(world.solve().perHost()).isEqualTo(Map.of("a", 2, "b", 1));
        assertThat(world.load(Map.of()).solve().perHost()).isEqualTo(Map.of("b", 3));
    }

    @Test
    void aRebalanceEvensOutWhateverTheBound() {
        var hosts = List.of(slot("a0", 9, "a"), slot("b0", 9, "b"));
        var world =
                World.of(6, hosts, World.spread("", 1, hosts))
                        .skew(5, 99)
                        .load(Map.of("a0", 5, "b0", 1));

        assertThat(world.solve().perHost()).containsEntry("a0", 5);
        assertThat(world.rebalance(Rebalance.NEVER, 99).solve().repairs()).isZero();
        assertThat(world.rebalance(Rebalance.ALWAYS, 1).solve().perHost()).containsEntry("a0", 4);
        var once = world.rebalance(Rebalance.ONCE, Integer.MAX_VALUE).solve();
        assertThat(once.perHost()).isEqualTo(Map.of("a0", 3, "b0", 3));
        assertThat(once.repairs()).isEqualTo(2);
    }

    /** Q2, Q3, Q4 and Q8 where limits and bounds tie hosts together. */
    @Test
    void tiedProblemsKeepTheirLimitsComeToRestAndNameWhatBinds() {
        for (int seed = 0; seed < 1500; seed++) {
            var random = new Random(seed);
            var base = World.random(random);
            var hosts = new ArrayList<HostSlot>();
            for (var host : base.hosts()) {
                hosts.add(
                        new HostSlot(
                                host.id(),
                                host.cap(),
                                random.nextInt(6) == 0
                                        ? HostSlot.State.DRAINING
                                        : HostSlot.State.OPEN,
                                false,
                                random.nextInt(2),
                                List.of(
                                        host.id().substring(2, 3),
                                        host.id().substring(3, 4),
                                        host.id().substring(2, 3))));
            }
            int max = 1 + random.nextInt(5);
            var world =
                    World.of(base.instances(), hosts, base.spreads().toArray(SpreadRule[]::new))
                            .bounds(
                                    List.of(
                                            new Topology(
                                                    "zone",
                                                    1 + random.nextInt(2),
                                                    true,
                                                    random.nextBoolean()),
                                            new Topology(
                                                    "disk",
                                                    1 + random.nextInt(3),
                                                    random.nextBoolean(),
                                                    true)),
                                    List.of(new ValueLimit("zone", max)))
                            .rebalance(Rebalance.ON_VIOLATION, 99)
                            .load(base.of().load());
            var placed = world.solve();

            assertThat(byValue(world, placed, 2).values())
                    .as("seed %d", seed)
                    .allMatch(count -> count <= max);
            for (var host : hosts) {
                assertThat(placed.perHost().getOrDefault(host.id(), 0))
                        .as("seed %d %s", seed, host)
                        .isLessThanOrEqualTo(host.cap());
            }
            assertThat(placed.placed() + placed.missing()).isEqualTo(base.instances());
            assertThat(placed.shortages()).as("seed %d", seed).allMatch(s -> !s.blocks().isEmpty());
            assertThat(placed.unplaced().isEmpty()).isEqualTo(placed.shortages().isEmpty());
            var shuffled = new ArrayList<>(hosts);
            Collections.shuffle(shuffled, random);
            assertThat(world.hosts(shuffled).solve()).as("seed %d", seed).isEqualTo(placed);
            var resting = placed;
            for (int round = 0; round < 6; round++) {
                resting = world.from(resting).solve();
            }
            assertThat(world.from(resting).solve().perHost())
                    .as("seed %d", seed)
                    .isEqualTo(resting.perHost());
        }
    }

    @Test
    void noTopologyIsNoDomain() {
        var hosts =
                List.of(new HostSlot("a", 9, false, "x", 0), new HostSlot("b", 9, false, "y", 0));
        var problem =
                new PlacementProblem(
                        "app",
                        hosts,
                        List.of(World.spread("", 1, hosts)),
                        4,
                        Apportionment.WEBSTER,
                        false,
                        OptionalInt.empty(),
                        0,
                        Map.of());
        assertThat(Assign.solve(problem).skews()).isEmpty();
    }
}
