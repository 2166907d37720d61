package dev.trellis.scheduler.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The derived split against its definition (placement.md, section 1) on small worlds: of all flows
 * the largest, of these those that give most to the first spread, then the next, and of these the
 * one that taking units one by one arrives at.
 */
final class SplitTest {

    @Test
    void theSplitIsTheOneTheDefinitionNames() {
        for (int seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var layout = layout(random);
            int[] loads = random.ints(layout.hosts(), 0, 3).toArray();
            int[] targets = random.ints(layout.spreads(), 0, 4).toArray();

            int[][] found = new Split(layout).derive(loads, targets);

            int[][] wanted =
                    layout.overlaps()
                            ? byDefinition(layout, loads, targets)
                            : new int[layout.spreads()][layout.hosts()];
            leftovers(layout, loads, wanted);
            assertThat(found).as("seed %d", seed).isDeepEqualTo(wanted);
        }
    }

    private static Layout layout(Random random) {
        var hosts = new ArrayList<HostSlot>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            hosts.add(new HostSlot("h" + i, 9, false, "ab".substring(random.nextInt(2)), 0));
        }
        var spreads = new ArrayList<SpreadRule>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            spreads.add(
                    SpreadRule.weighted("s" + i, 1, World.ids(hosts, _ -> random.nextInt(3) > 0)));
        }
        var world = World.of(0, hosts, spreads.toArray(SpreadRule[]::new));
        return new Layout(world.skew(1, 0).of(), new HostOrder("app"));
    }

    private static void leftovers(Layout layout, int[] loads, int[][] split) {
        for (int host = 0; host < loads.length; host++) {
            int at = host;
            int left = loads[at] - Arrays.stream(split).mapToInt(counts -> counts[at]).sum();
            IntStream.range(0, split.length)
                    .filter(s -> Arrays.binarySearch(layout.eligible[s], at) >= 0)
                    .limit(1)
                    .forEach(s -> split[s][at] += left);
        }
    }

    private static int[][] byDefinition(Layout layout, int[] loads, int[] targets) {
        var flows = new ArrayList<int[][]>();
        flows(layout, loads.clone(), targets, new int[targets.length][loads.length], 0, flows);
        var order =
                Comparator.<int[][]>comparingInt(x -> Arrays.stream(totals(x)).sum())
                        .thenComparing(SplitTest::totals, Arrays::compare);
        var best = flows.stream().max(order).orElseThrow();
        flows.removeIf(x -> order.compare(x, best) < 0);
        return oneByOne(layout, flows, totals(best));
    }

    private static int[] totals(int[][] flow) {
        return Arrays.stream(flow).mapToInt(counts -> Arrays.stream(counts).sum()).toArray();
    }

    /** All flows: {@code cell} walks over every pair of spread and host. */
    private static void flows(
            Layout layout, int[] left, int[] targets, int[][] x, int cell, List<int[][]> found) {
        if (cell == targets.length * left.length) {
            found.add(Arrays.stream(x).map(int[]::clone).toArray(int[][]::new));
            return;
        }
        int spread = cell / left.length;
        int host = cell % left.length;
        boolean eligible = Arrays.binarySearch(layout.eligible[spread], host) >= 0;
        int most = eligible ? Math.min(left[host], targets[spread] - totals(x)[spread]) : 0;
        for (int count = 0; count <= most; count++) {
            x[spread][host] = count;
            left[host] -= count;
            flows(layout, left, targets, x, cell + 1, found);
            left[host] += count;
        }
        x[spread][host] = 0;
    }

    private static int[][] oneByOne(Layout layout, List<int[][]> possible, int[] totals) {
        int[][] x = new int[totals.length][layout.hosts()];
        for (int spread = 0; spread < totals.length; spread++) {
            for (int unit = 0; unit < totals[spread]; unit++) {
                next(layout, possible, x, spread);
            }
        }
        return x;
    }

    private static void next(Layout layout, List<int[][]> possible, int[][] x, int spread) {
        int[] counts = x[spread];
        int host =
                IntStream.range(0, counts.length)
                        .filter(h -> possible.stream().anyMatch(p -> p[spread][h] > counts[h]))
                        .boxed()
                        .min(
                                Comparator.<Integer>comparingInt(h -> domainLoad(layout, counts, h))
                                        .thenComparingInt(h -> counts[h])
                                        .thenComparing(Comparator.naturalOrder()))
                        .orElseThrow();
        counts[host]++;
        possible.removeIf(p -> p[spread][host] < counts[host]);
    }

    private static int domainLoad(Layout layout, int[] counts, int host) {
        var domain = layout.slots[host].value(0);
        return IntStream.range(0, counts.length)
                .filter(h -> layout.slots[h].value(0).equals(domain))
                .map(h -> counts[h])
                .sum();
    }
}
