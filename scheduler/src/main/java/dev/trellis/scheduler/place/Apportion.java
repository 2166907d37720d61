package dev.trellis.scheduler.place;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Step A: how many instances each spread gets. Whole numbers only; arrays are in declared order.
 */
public final class Apportion {

    private Apportion() {}

    /**
     * wadm 0.21: each spread gets the floor of its share, then one more each in order of weight
     * (ties: declared order). 4 at 80/20 gives 4/0; 11 at 6/6/2 gives 5/5/1. If all weights are 0,
     * all are equal.
     */
    public static int[] wadm(int n, int[] weights) {
        var used = usable(weights);
        long sum = Arrays.stream(used).asLongStream().sum();
        var seats = Arrays.stream(used).map(weight -> (int) ((long) n * weight / sum)).toArray();
        IntStream.range(0, used.length)
                .boxed()
                .sorted((a, b) -> Integer.compare(used[b], used[a]))
                .limit(n - Arrays.stream(seats).sum())
                .forEach(spread -> seats[spread]++);
        return seats;
    }

    /** {@link #webster(int, int[], int[], int[])} without limits and minimums. */
    public static int[] webster(int n, int[] weights) {
        var limits = new int[weights.length];
        Arrays.fill(limits, Integer.MAX_VALUE);
        return webster(n, weights, limits, new int[weights.length]);
    }

    /**
     * Gives seats one by one to the spread with the largest {@code w / (2e + 1)}, {@code e} being
     * what it earned so far (ties: fewer earned, then declared order). 4 at 80/20 gives 3/1; 10 at
     * 60/40 with limits 4 and 3 gives 4/3; 10 at 90/5/5 with minimums 0/1/1 gives 8/1/1. Weight 0
     * beside positive weights is a standby: 6 at 100/0 with limits 4 and 9 gives 4/2.
     *
     * @return counts that add up to {@code n}, or less when every spread is at its limit
     * @throws IllegalArgumentException when the minimums (each at most its limit) exceed {@code n}
     */
    public static int[] webster(int n, int[] weights, int[] limits, int[] mins) {
        var seats = new int[weights.length];
        Arrays.setAll(seats, spread -> Math.min(mins[spread], limits[spread]));
        long given = Arrays.stream(seats).asLongStream().sum();
        if (given > n) {
            throw new IllegalArgumentException(
                    "minimums exceed the instances: " + given + " > " + n);
        }
        var used = usable(weights);
        var earned = new int[weights.length];
        while (given < n) {
            int best = next(used, earned, limits);
            if (best < 0) {
                break;
            }
            earned[best]++;
            if (earned[best] > seats[best]) {
                seats[best] = earned[best];
                given++;
            }
        }
        return seats;
    }

    private static int next(int[] weights, int[] earned, int[] limits) {
        int weighted = largest(weights, earned, limits, false);
        return weighted >= 0 ? weighted : largest(weights, earned, limits, true);
    }

    private static int largest(int[] weights, int[] earned, int[] limits, boolean standby) {
        int best = -1;
        for (int i = 0; i < weights.length; i++) {
            if ((weights[i] == 0) == standby
                    && earned[i] < limits[i]
                    && (best < 0 || beats(weights, earned, i, best))) {
                best = i;
            }
        }
        return best;
    }

    /** Compares quotients by cross-multiplication, so that nothing is rounded. */
    private static boolean beats(int[] weights, int[] earned, int i, int best) {
        long mine = Math.max(1, weights[i]) * (2L * earned[best] + 1);
        long other = Math.max(1, weights[best]) * (2L * earned[i] + 1);
        return mine > other || (mine == other && earned[i] < earned[best]);
    }

    private static int[] usable(int[] weights) {
        if (Arrays.stream(weights).anyMatch(weight -> weight > 0)) {
            return weights;
        }
        var equal = new int[weights.length];
        Arrays.fill(equal, 1);
        return equal;
    }
}
