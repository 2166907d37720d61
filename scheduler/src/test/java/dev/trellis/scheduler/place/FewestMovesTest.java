package dev.trellis.scheduler.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Q5: one spread over two or three zones never needs more moves than brute force (model/bf.py). */
final class FewestMovesTest {

    @Test
    void noAllocationInsideTheBoundNeedsFewerMoves() {
        int impossible = 0;
        for (int seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var world = world(random, 1 + random.nextInt(2));
            var best = fewestMoves(world);
            if (best.isEmpty()) {
                impossible++;
                continue;
            }

            var placed = world.solve().perHost();

            assertThat(World.moves(world.of().load(), placed))
                    .as("seed %d: %s gave %s", seed, world.of(), placed)
                    .isEqualTo(best.getAsInt());
            assertThat(total(placed)).as("seed %d", seed).isEqualTo(fits(world));
        }
        assertThat(impossible).isLessThan(200);
    }

    private static World world(Random random, int maxSkew) {
        var hosts = new ArrayList<HostSlot>();
        var load = new TreeMap<String, Integer>();
        for (var zone : List.of("a", "b", "c").subList(0, 2 + random.nextInt(2))) {
            for (int i = random.nextInt(2); i >= 0; i--) {
                int cap = 1 + random.nextInt(3);
                hosts.add(new HostSlot(zone + i, cap, false, zone, 0));
                load.put(zone + i, random.nextInt(cap + 1));
            }
        }
        if (random.nextInt(10) < 3) {
            load.put("gone", 1 + random.nextInt(2));
        }
        return World.of(random.nextInt(8), hosts, World.spread("", 100, hosts))
                .skew(maxSkew, Integer.MAX_VALUE)
                .load(load);
    }

    private static OptionalInt fewestMoves(World world) {
        return allocations(world.hosts(), world.hosts().size())
                .filter(counts -> Arrays.stream(counts).sum() == fits(world))
                .map(counts -> named(world.hosts(), counts))
                .filter(placed -> PropertiesTest.skew(world.hosts(), placed) <= bound(world))
                .mapToInt(placed -> World.moves(world.of().load(), placed))
                .min();
    }

    private static Stream<int[]> allocations(List<HostSlot> hosts, int first) {
        if (first == 0) {
            return Stream.of(new int[hosts.size()]);
        }
        return allocations(hosts, first - 1)
                .flatMap(counts ->
                        IntStream.rangeClosed(0, hosts.get(first - 1).cap())
                                .mapToObj(count -> with(counts, first - 1, count)));
    }

    private static int[] with(int[] counts, int at, int count) {
        var changed = counts.clone();
        changed[at] = count;
        return changed;
    }

    private static Map<String, Integer> named(List<HostSlot> hosts, int[] counts) {
        var named = new TreeMap<String, Integer>();
        for (int host = 0; host < counts.length; host++) {
            named.put(hosts.get(host).id(), counts[host]);
        }
        return named;
    }

    private static int bound(World world) {
        return world.of().topology().getFirst().maxSkew();
    }

    private static int fits(World world) {
        return Math.min(world.instances(), world.hosts().stream().mapToInt(HostSlot::cap).sum());
    }

    private static int total(Map<String, Integer> placed) {
        return placed.values().stream().mapToInt(count -> count).sum();
    }
}
