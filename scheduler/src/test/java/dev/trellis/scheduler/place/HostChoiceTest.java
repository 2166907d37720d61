package dev.trellis.scheduler.place;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What decides among hosts beside load: preference, cordon, order. */
final class HostChoiceTest {

    @Test
    void preferDecidesOnlyAmongHostsOfEqualLoad() {
        var hosts =
                List.of(
                        HostSlot.open("a", 9),
                        HostSlot.open("b", 9),
                        new HostSlot("ssd", 9, false, "", 10));
        var world = World.of(4, hosts, World.spread("", 1, hosts));

        assertThat(world.solve().perHost()).containsEntry("ssd", 2);
        assertThat(world.load(Map.of("ssd", 3)).solve().perHost()).containsEntry("ssd", 3);
    }

    @Test
    void aCordonedHostKeepsWhatItHasAndGetsNothing() {
        var hosts = List.of(HostSlot.open("a", 2), new HostSlot("b", 9, true, "", 0));
        var world = World.of(4, hosts, World.spread("", 1, hosts)).load(Map.of("b", 1));

        var placed = world.solve();

        assertThat(placed.perHost()).isEqualTo(Map.of("a", 2, "b", 1));
        assertThat(placed.unplaced()).isEqualTo(Map.of("", 1));
    }

    @Test
    void aDrainingHostGivesUpWhatItsLoweredCapForbids() {
        var hosts = List.of(HostSlot.open("a", 9), new HostSlot("b", 1, true, "", 0));
        var world = World.of(4, hosts, World.spread("", 1, hosts)).load(Map.of("a", 1, "b", 3));

        assertThat(world.solve().perHost()).isEqualTo(Map.of("a", 3, "b", 1));
    }

    @Test
    void underRedistributeACordonedHostHoldsNoMoreThanItHas() {
        var hosts = List.of(new HostSlot("us", 9, true, "", 0), HostSlot.open("eu", 9));
        var spreads = new SpreadRule[] {World.spread("us", 1, hosts), World.spread("eu", 1, hosts)};
        var world = World.of(6, hosts, spreads).redistribute().load(Map.of("us", 1));

        assertThat(world.solve().perHost()).isEqualTo(Map.of("us", 1, "eu", 5));
    }

    @Test
    void loadOnHostsThatNoSpreadMatchesIsRemoved() {
        var hosts = World.hosts(9, "us", "x");
        var world = World.of(1, hosts, World.spread("us", 1, hosts));

        assertThat(world.load(Map.of("x", 2, "gone", 1)).solve().perHost())
                .isEqualTo(Map.of("us", 1));
    }

    @Test
    void wadmsApportionmentIsUsedWhenAsked() {
        var hosts = World.hosts(9, "us", "eu");
        var of =
                World.of(4, hosts, World.spread("us", 80, hosts), World.spread("eu", 20, hosts))
                        .of();
        var wadm =
                new PlacementProblem(
                        "app",
                        hosts,
                        of.spreads(),
                        4,
                        Apportionment.WADM,
                        false,
                        OptionalInt.empty(),
                        0,
                        Map.of());

        assertThat(Assign.solve(wadm).targets()).isEqualTo(Map.of("us", 4, "eu", 0));
    }

    @Test
    void whatAHostOrderRemembersChangesNothing() {
        var order = new HostOrder("app");
        var hosts = World.hosts(9, "a", "b", "c");
        var world = World.of(4, hosts, World.spread("", 1, hosts));

        assertThat(Assign.solve(world.of(), order)).isEqualTo(world.solve());
        assertThat(Assign.solve(world.of(), order)).isEqualTo(world.solve());
        assertThatThrownBy(() -> Assign.solve(world.of(), new HostOrder("other")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHundredThousandFitOverTenThousandHosts() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 10_000; i++) {
            ids.add("host-" + i);
        }
        var hosts = World.hosts(40, ids.toArray(String[]::new));
        var world = World.of(100_000, hosts, SpreadRule.weighted("all", 1, ids));

        var placed = world.solve();
        assertThat(placed.perHost())
                .hasSize(10_000)
                .allSatisfy((_, n) -> assertThat(n).isEqualTo(10));

        var fewer = new HashMap<>(placed.perHost());
        fewer.remove("host-7");
        fewer.put("host-8", 12);
        var healed = world.load(fewer).solve().perHost();
        assertThat(requireNonNull(healed.get("host-7"))).isEqualTo(8);
        assertThat(healed).containsEntry("host-8", 12);
    }
}
