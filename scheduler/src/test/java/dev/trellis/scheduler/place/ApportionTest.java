package dev.trellis.scheduler.place;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables and examples of placement.md, section 3. */
final class ApportionTest {

    @ParameterizedTest(name = "{0} at {1}: wadm {2}, webster {3}")
    @CsvSource({
        "4, 80/20, 4/0, 3/1",
        "3, 70/30, 3/0, 2/1",
        "10, 80/19/1, 9/1/0, 8/2/0",
        "3, 25/25/20/20, 1/1/1/0, 1/1/1/0",
        "4, 25/25/20/20, 2/2/0/0, 1/1/1/1",
        "10, 6/6/2, 5/4/1, 4/4/2",
        "11, 6/6/2, 5/5/1, 5/4/2",
        "12, 25/25/50, 3/3/6, 3/3/6",
        "7, 100/100, 4/3, 4/3",
        "10, 0/0, 5/5, 5/5",
        "0, 1/2, 0/0, 0/0",
    })
    void bothMethodsGiveTheTable(int n, String weights, String wadm, String webster) {
        assertThat(Apportion.wadm(n, counts(weights))).isEqualTo(counts(wadm));
        assertThat(Apportion.webster(n, counts(weights))).isEqualTo(counts(webster));
    }

    @Test
    @DisplayName("A30: all ten are dealt out, and the odd one goes to the greater weight")
    void a30TheOddInstanceGoesToTheGreaterWeight() {
        int[] weights = {33, 33, 34};

        assertThat(Apportion.wadm(10, weights)).containsExactly(3, 3, 4);
        assertThat(Apportion.webster(10, weights)).containsExactly(3, 3, 4);
    }

    @Test
    void oneToTenAtFiftyThirtyTwenty() {
        int[] weights = {50, 30, 20};

        assertThat(upToTen(n -> Apportion.webster(n, weights)))
                .isEqualTo("100 110 111 211 221 321 421 422 432 532");
        assertThat(upToTen(n -> Apportion.wadm(n, weights)))
                .isEqualTo("100 200 210 310 311 411 421 521 531 532");
    }

    @ParameterizedTest(name = "{0} at {1}, limits {2}, minimums {3}: {4}")
    @CsvSource({
        "10, 60/40, 10/3, 0/0, 7/3",
        "10, 60/40, 4/3, 0/0, 4/3",
        "10, 90/5/5, 99/99/99, 0/1/1, 8/1/1",
        "6, 100/0, 99/99, 0/0, 6/0",
        "6, 100/0, 4/9, 0/0, 4/2",
        "3, 50/50, 1/9, 2/0, 1/2",
    })
    void websterKeepsLimitsAndMinimums(
            int n, String weights, String limits, String mins, String seats) {
        assertThat(Apportion.webster(n, counts(weights), counts(limits), counts(mins)))
                .isEqualTo(counts(seats));
    }

    @Test
    void websterMayLeaveTheQuota() {
        assertThat(Apportion.webster(28, new int[] {3, 18, 99, 18})).containsExactly(1, 4, 19, 4);
    }

    /** Q1. */
    @Test
    void scalingUpNeverTakesFromASpread() {
        for (int seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            int spreads = 1 + random.nextInt(6);
            int[] weights = random.ints(spreads, 0, 101).toArray();
            int[] limits = random.ints(spreads, 0, 41).toArray();
            int[] mins = random.ints(spreads, 0, 7).toArray();
            int n = Arrays.stream(mins).sum() + random.nextInt(40);

            int[] now = Apportion.webster(n, weights, limits, mins);
            int[] more = Apportion.webster(n + 1, weights, limits, mins);

            for (int i = 0; i < spreads; i++) {
                assertThat(more[i])
                        .as("seed %d, spread %d", seed, i)
                        .isGreaterThanOrEqualTo(now[i]);
            }
        }
    }

    private static String upToTen(IntFunction<int[]> method) {
        return IntStream.rangeClosed(1, 10)
                .mapToObj(n ->
                        Arrays.stream(method.apply(n))
                                .mapToObj(Integer::toString)
                                .collect(joining()))
                .collect(joining(" "));
    }

    private static int[] counts(String slashed) {
        return Arrays.stream(slashed.split("/", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
