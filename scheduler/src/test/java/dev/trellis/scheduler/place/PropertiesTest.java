package dev.trellis.scheduler.place;

import static dev.trellis.scheduler.place.World.moves;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Q2 to Q4, Q6, Q7 and Q10 on random problems with the derived split; the seed replays a failure.
 */
final class PropertiesTest {

    private static final int SEEDS = 2000;

    private interface Claim {
        void on(World world, Random random, String seed);
    }

    private static void always(Claim claim) {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            claim.on(World.random(random), random, "seed " + seed);
        }
    }

    /** Q2; nor does what an order remembers of other worlds. */
    @Test
    void theOrderOfHostsDoesNotMatter() {
        var remembering = new HostOrder("app");
        always((world, random, seed) -> {
            var shuffled = new ArrayList<>(world.hosts());
            Collections.shuffle(shuffled, random);

            assertThat(Assign.solve(world.hosts(shuffled).of(), remembering))
                    .as(seed)
                    .isEqualTo(world.solve());
        });
    }

    /** Q3; with overlapping spreads and a topology at times after another round or two. */
    @Test
    void theLoadsComeToRest() {
        always((world, _, seed) -> {
            boolean repairsOverlap = !world.of().topology().isEmpty() && overlaps(world);
            var resting = world.solve();
            for (int round = 0; repairsOverlap && round < 3; round++) {
                resting = world.from(resting).solve();
            }

            assertThat(world.from(resting).solve().perHost()).as(seed).isEqualTo(resting.perHost());
        });
    }

    private static boolean overlaps(World world) {
        return new Layout(world.of(), new HostOrder("app")).overlaps();
    }

    /** Q4. */
    @Test
    void capsHold() {
        always((world, _, seed) -> {
            var placed = world.solve().perHost();

            for (var host : world.hosts()) {
                assertThat(placed.getOrDefault(host.id(), 0))
                        .as("%s, %s", seed, host)
                        .isLessThanOrEqualTo(host.cap());
            }
        });
    }

    /** Q4, for spreads that don't overlap; a full domain does not count for the minimum. */
    @Test
    void theSkewHoldsAfterRepair() {
        always((world, _, seed) -> {
            var one =
                    World.of(world.instances(), world.hosts(), World.spread("", 1, world.hosts()));
            var placed = one.skew(1, Integer.MAX_VALUE).load(world.of().load()).solve();

            assertThat(skew(world.hosts(), placed.perHost())).as(seed).isLessThanOrEqualTo(1);
        });
    }

    static int skew(List<HostSlot> hosts, Map<String, Integer> placed) {
        var loads = new HashMap<String, Integer>();
        var roomy = new HashMap<String, Integer>();
        for (var host : hosts) {
            loads.merge(host.value(0), placed.getOrDefault(host.id(), 0), Integer::sum);
        }
        for (var host : hosts) {
            if (placed.getOrDefault(host.id(), 0) < host.cap()) {
                roomy.put(host.value(0), loads.getOrDefault(host.value(0), 0));
            }
        }
        return roomy.isEmpty()
                ? 0
                : Collections.max(loads.values()) - Collections.min(roomy.values());
    }

    @Test
    void everyInstanceIsPlacedOrNamedUnplaced() {
        always((world, _, seed) -> {
            var placed = world.solve();
            int on = placed.perHost().values().stream().mapToInt(count -> count).sum();
            int off = placed.unplaced().values().stream().mapToInt(count -> count).sum();

            assertThat(on + off).as(seed).isEqualTo(world.instances());
        });
    }

    /** Q6. */
    @Test
    void aJoiningHostMovesNothingWithoutABudget() {
        always((world, random, seed) -> {
            var hold = World.of(world.instances(), world.hosts(), disjoint(world));
            var still = hold.solve();
            var more = new ArrayList<>(world.hosts());
            more.add(HostSlot.open("new", 1 + random.nextInt(4)));
            var joined = World.of(world.instances(), more, widened(hold)).from(still).solve();
            if (still.unplaced().isEmpty()) {
                assertThat(moves(still.perHost(), joined.perHost())).as(seed).isZero();
            }
        });
    }

    /** Q7. */
    @Test
    void aLostHostForcesOnlyItsOwn() {
        always((world, random, seed) -> {
            var hold = World.of(world.instances(), world.hosts(), disjoint(world));
            var still = hold.solve();
            var fewer = new ArrayList<>(world.hosts());
            var gone = fewer.remove(random.nextInt(fewer.size())).id();

            var after = hold.hosts(fewer).from(still).solve();

            assertThat(moves(still.perHost(), after.perHost()))
                    .as(seed)
                    .isEqualTo(still.perHost().getOrDefault(gone, 0));
        });
    }

    /** Q10, first part. */
    @Test
    void aCordonedHostNeverGrows() {
        always((world, random, seed) -> {
            var hosts = new ArrayList<>(world.hosts());
            var slot = hosts.removeFirst();
            hosts.add(
                    new HostSlot(
                            slot.id(), slot.cap() + random.nextInt(2), true, slot.value(0), 0));
            int before = world.of().load().getOrDefault(slot.id(), 0);

            var placed = world.hosts(hosts).solve().perHost();

            assertThat(placed.getOrDefault(slot.id(), 0)).as(seed).isLessThanOrEqualTo(before);
        });
    }

    /** The world's first spread and one over all hosts that it leaves. */
    private static SpreadRule[] disjoint(World world) {
        var first = world.spreads().getFirst();
        var rest = World.ids(world.hosts(), id -> !first.eligible().contains(id));
        return new SpreadRule[] {first, SpreadRule.weighted("rest", 30, rest)};
    }

    private static SpreadRule[] widened(World world) {
        var first = world.spreads().getFirst();
        var eligible = new ArrayList<>(first.eligible());
        eligible.add("new");
        return new SpreadRule[] {
            SpreadRule.weighted(first.name(), first.weight(), eligible), world.spreads().getLast()
        };
    }
}
