package dev.trellis.scheduler.place;

import static dev.trellis.scheduler.place.World.hosts;
import static dev.trellis.scheduler.place.World.ids;
import static dev.trellis.scheduler.place.World.moves;
import static dev.trellis.scheduler.place.World.spread;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of placement.md, sections 4 and 6, with the split derived from the loads. */
final class WorkedExamplesTest {

    private static List<Integer> counts(Placement placed, List<HostSlot> hosts) {
        return hosts.stream().map(host -> placed.perHost().getOrDefault(host.id(), 0)).toList();
    }

    @Nested
    final class Regions {

        private final List<HostSlot> hosts = hosts(4, "us0", "us1", "us2", "eu0", "eu1");
        private final List<HostSlot> without = hosts(4, "us0", "us2", "eu0", "eu1");
        private final Placement first = world(10, 70, 30, hosts).solve();

        private static World world(int n, int us, int eu, List<HostSlot> hosts) {
            return World.of(n, hosts, spread("us", us, hosts), spread("eu", eu, hosts));
        }

        private void expect(World world, List<Integer> counts, int us, int eu, int moves) {
            var before = first.perHost();
            var placed = world.from(first).solve();
            assertThat(counts(placed, hosts)).isEqualTo(counts);
            assertThat(placed.targets()).containsEntry("us", us).containsEntry("eu", eu);
            assertThat(moves(before, placed.perHost())).isEqualTo(moves);
            assertThat(placed.unplaced()).isEmpty();
        }

        @Test
        void tenAtSeventyThirty() {
            assertThat(counts(first, hosts)).containsExactly(2, 3, 2, 1, 2);
            assertThat(first.targets()).isEqualTo(Map.of("us", 7, "eu", 3));
            assertThat(first.perSpread().get("eu")).isEqualTo(Map.of("eu0", 1, "eu1", 2));
        }

        @Test
        void scalingToElevenOnlyAdds() {
            expect(world(11, 70, 30, hosts), List.of(3, 3, 2, 1, 2), 8, 3, 0);
        }

        @Test
        void scalingToEightOnlyRemoves() {
            expect(world(8, 70, 30, hosts), List.of(2, 2, 2, 1, 1), 6, 2, 2);
        }

        @Test
        void newWeightsMoveTheLeast() {
            expect(world(10, 50, 50, hosts), List.of(2, 2, 1, 2, 3), 5, 5, 2);
        }

        @Test
        void aDeadHostForcesItsThree() {
            expect(world(10, 70, 30, without), List.of(4, 0, 3, 1, 2), 7, 3, 3);
        }

        @Test
        void aReturningHostStaysEmptyWithoutTopology() {
            var dead = world(10, 70, 30, without).from(first).solve();

            var back = world(10, 70, 30, hosts).from(dead).solve();

            assertThat(counts(back, hosts)).containsExactly(4, 0, 3, 1, 2);
        }

        @Test
        void aReturningHostIsFilledUnderASkewBoundOverHosts() {
            var dead = world(10, 70, 30, without).from(first).solve();
            var own =
                    hosts.stream()
                            .map(slot -> new HostSlot(slot.id(), 4, false, slot.id(), 0))
                            .toList();

            var back = world(10, 70, 30, own).skew(1, 99).from(dead).solve();

            assertThat(counts(back, hosts)).containsExactly(3, 2, 2, 1, 2);
            assertThat(moves(dead.perHost(), back.perHost())).isEqualTo(2);
        }
    }

    @Nested
    final class Overlap {

        @Test
        void theLoopingManifestOfWadm432() {
            for (int cap : new int[] {Integer.MAX_VALUE, 3}) {
                var hosts = hosts(cap, "n1", "n2", "n3", "n4");
                var placed =
                        World.of(
                                        12,
                                        hosts,
                                        SpreadRule.weighted("eastcoast", 25, List.of("n1")),
                                        SpreadRule.weighted("westcoast", 25, List.of("n3")),
                                        SpreadRule.weighted("realcloud", 50, ids(hosts, _ -> true)))
                                .solve();

                assertThat(counts(placed, hosts)).containsExactly(3, 3, 3, 3);
                assertThat(placed.perSpread())
                        .containsEntry("eastcoast", new TreeMap<>(Map.of("n1", 3)))
                        .containsEntry("realcloud", new TreeMap<>(Map.of("n2", 3, "n4", 3)));
            }
        }

        @Test
        void theMostConstrainedSpreadComesFirst() {
            assertThat(anyAndGpu().solve().perSpread().get("gpu")).isEqualTo(Map.of("a", 2));
        }

        @Test
        void oneMoveMakesRoomForTheConstrainedSpread() {
            var stuck = Map.of("any", Map.of("a", 1, "b", 1));

            var placed = Assign.solve(anyAndGpu().of(), stuck);

            assertThat(placed.perSpread().get("gpu")).isEqualTo(Map.of("a", 2));
            assertThat(placed.perSpread().get("any")).isEqualTo(Map.of("b", 2));
            assertThat(placed.unplaced()).isEmpty();
        }

        @Test
        void theDerivedSplitLeavesTheSharedHostToWhoNeedsIt() {
            var placed = anyAndGpu().load(Map.of("a", 2, "b", 2)).solve();

            assertThat(placed.perSpread().get("any")).isEqualTo(Map.of("b", 2));
            assertThat(placed.perSpread().get("gpu")).isEqualTo(Map.of("a", 2));
        }

        private static World anyAndGpu() {
            return World.of(
                    4,
                    hosts(2, "a", "b"),
                    SpreadRule.weighted("any", 50, List.of("a", "b")),
                    SpreadRule.weighted("gpu", 50, List.of("a")));
        }
    }

    @Nested
    final class Zones {

        private final List<HostSlot> all = zoned("a0", "a1", "b0", "b1", "c0", "c1");
        private final List<HostSlot> twoZones = zoned("a0", "a1", "b0", "b1");
        private final Placement first = world(all).skew(1, 99).solve();
        private final Placement dead = world(twoZones).skew(1, 99).from(first).solve();

        private static List<HostSlot> zoned(String... ids) {
            return Stream.of(ids)
                    .map(id -> new HostSlot(id, 10, false, id.substring(0, 1), 0))
                    .toList();
        }

        private static World world(List<HostSlot> hosts) {
            return World.of(7, hosts, spread("", 100, hosts));
        }

        private List<Integer> back(int maxSkew, int moves) {
            return counts(world(all).skew(maxSkew, moves).from(dead).solve(), all);
        }

        @Test
        void sevenOverThreeZones() {
            assertThat(counts(first, all)).containsExactly(1, 1, 1, 2, 1, 1);
        }

        @Test
        void aDeadZoneForcesItsTwo() {
            assertThat(counts(dead, twoZones)).containsExactly(2, 1, 2, 2);
        }

        @Test
        void aReturningZoneTakesTwoAndNotThree() {
            assertThat(back(1, 99)).containsExactly(2, 1, 1, 1, 1, 1);
        }

        @Test
        void aBudgetOfOneMovesOne() {
            assertThat(back(1, 1)).containsExactly(2, 1, 1, 2, 0, 1);
        }

        @Test
        void aWideBoundOrNoBudgetMovesNothing() {
            assertThat(back(4, 99)).containsExactly(2, 1, 2, 2, 0, 0);
            assertThat(back(1, 0)).containsExactly(2, 1, 2, 2, 0, 0);
        }

        @Test
        void aFullZoneDoesNotHoldTheOthersBack() {
            var hosts = new ArrayList<>(zoned("a0", "b0"));
            hosts.add(new HostSlot("c0", 1, false, "c", 0));

            var placed = World.of(9, hosts, spread("", 100, hosts)).skew(1, 99).solve();

            assertThat(counts(placed, hosts)).containsExactly(4, 4, 1);
        }
    }

    @Nested
    final class Shortfall {

        private final List<HostSlot> hosts = hosts(2, "us0", "us1", "eu0");

        private World world(int n, int us, int eu) {
            return World.of(n, hosts, spread("us", us, hosts), spread("eu", eu, hosts));
        }

        @Test
        void holdStaysShort() {
            var placed = world(5, 40, 60).solve();

            assertThat(counts(placed, hosts)).containsExactly(1, 1, 2);
            assertThat(placed.targets()).isEqualTo(Map.of("us", 2, "eu", 3));
            assertThat(placed.unplaced()).isEqualTo(Map.of("eu", 1));
        }

        @Test
        void redistributeGivesTheRestToTheOthers() {
            var placed = world(5, 40, 60).redistribute().solve();

            assertThat(counts(placed, hosts)).containsExactly(1, 2, 2);
            assertThat(placed.targets()).isEqualTo(Map.of("us", 3, "eu", 2));
            assertThat(placed.unplaced()).isEmpty();
        }

        @Test
        void whatNoSpreadCanTakeIsNamed() {
            var placed = world(10, 60, 40).redistribute().solve();

            assertThat(counts(placed, hosts)).containsExactly(2, 2, 2);
            assertThat(placed.unplaced()).isEqualTo(Map.of(Placement.NO_SPREAD, 4));
        }
    }
}
