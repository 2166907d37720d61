package dev.trellis.scheduler.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DaemonTest {

    private static final SpreadRule ALL = SpreadRule.weighted("all", 100, List.of("a", "b", "c"));

    @Test
    void everyEligibleHostGetsTheSame() {
        var placed =
                Daemon.solve(
                        2,
                        World.hosts(9, "a", "b", "c", "d"),
                        List.of(ALL),
                        Map.of("d", 2),
                        List.of());

        assertThat(placed.perHost()).isEqualTo(Map.of("a", 2, "b", 2, "c", 2));
        assertThat(placed.targets()).isEqualTo(Map.of("all", 6));
        assertThat(placed.unplaced()).isEmpty();
    }

    @Test
    void capsLeaveTheRestUnplacedAndCordonedHostsWantNoMore() {
        var hosts =
                List.of(
                        HostSlot.open("a", 1),
                        HostSlot.open("b", 9),
                        new HostSlot("c", 9, true, "", 0));

        var placed = Daemon.solve(2, hosts, List.of(ALL), Map.of("c", 1), List.of());

        assertThat(placed.perHost()).isEqualTo(Map.of("a", 1, "b", 2, "c", 1));
        assertThat(placed.targets()).isEqualTo(Map.of("all", 5));
        assertThat(placed.unplaced()).isEqualTo(Map.of("all", 1));
    }

    @Test
    void aHostOfTwoSpreadsCountsForTheFirst() {
        var second = SpreadRule.weighted("second", 100, List.of("c", "d"));

        var placed =
                Daemon.solve(
                        1,
                        World.hosts(9, "a", "c", "d"),
                        List.of(ALL, second),
                        Map.of(),
                        List.of());

        assertThat(placed.perSpread().get("all")).isEqualTo(Map.of("a", 1, "c", 1));
        assertThat(placed.perSpread().get("second")).isEqualTo(Map.of("d", 1));
    }

    @Test
    void noneEmptiesEveryHost() {
        assertThat(
                        Daemon.solve(
                                        0,
                                        World.hosts(9, "a"),
                                        List.of(ALL),
                                        Map.of("a", 3),
                                        List.of())
                                .perHost())
                .isEmpty();
    }
}
