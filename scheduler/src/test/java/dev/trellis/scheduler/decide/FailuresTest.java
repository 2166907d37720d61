package dev.trellis.scheduler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Back-off: 1 s, 5 s, then doubling up to five minutes. */
final class FailuresTest {
    private static final Instant NOW = Instant.EPOCH;

    @Test
    void waitsOneSecondThenFiveThenDoublesUpToFiveMinutes() {
        assertThat(Failures.delay("x", 1, "timed out")).isEqualTo(Duration.ofSeconds(1));
        assertThat(Failures.delay("x", 2, "timed out"))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
        assertThat(Failures.delay("x", 3, "timed out"))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
        assertThat(Failures.delay("x", 50, "timed out"))
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    }

    @Test
    @DisplayName("B07: a registry that says no for ten minutes costs a handful of attempts")
    void aRegistryThatSaysNoForTenMinutesCostsAHandfulOfAttempts() {
        for (var error :
                new String[] {
                    "failed to pull: 401 Unauthorized", "manifest unknown", "Not found: reg/x:1"
                }) {
            var failures = new Failures<String>();
            int attempts = 0;
            for (var now = NOW; now.isBefore(NOW.plus(Duration.ofMinutes(10))); ) {
                failures.failed("x", "one", error, now);
                attempts++;
                now = failures.of("x", "one").orElseThrow().nextRetry();
            }
            assertThat(attempts).as(error).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void anotherImageStartsAfreshAndSuccessForgets() {
        var failures = new Failures<String>();
        failures.failed("x", "one", "no", NOW);
        failures.failed("x", "one", "no", NOW);
        assertThat(failures.of("x", "one").orElseThrow().count()).isEqualTo(2);
        failures.failed("x", "two", "no", NOW);
        assertThat(failures.of("x", "two").orElseThrow().count()).isEqualTo(1);
        assertThat(failures.of("x", "one")).isEmpty();
        failures.succeeded("x");
        assertThat(failures.isEmpty()).isTrue();
    }
}
