package dev.trellis.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What "now" is for decisions. */
final class LatticeClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant wall = START;
    private long nanos;
    private final LatticeClock clock = new LatticeClock(() -> wall, () -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void itBeginsAtOurOwnClockAndRunsOnMonotonicTime() {
        pass(Duration.ofSeconds(3));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void aWallClockThatIsSetDoesNotMoveIt() {
        wall = START.minusSeconds(3600);
        pass(Duration.ofSeconds(1));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void itIsNeverBehindTheNewestServerTime() {
        clock.seen(START.plusSeconds(60));
        pass(Duration.ofSeconds(1));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(61));
    }

    @Test
    void anOlderServerTimeDoesNotTurnItBack() {
        pass(Duration.ofSeconds(10));
        clock.seen(START);
        assertThat(clock.now()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void lagIsTheAgeOfWhatTheServerTookAndNeverNegative() {
        pass(Duration.ofSeconds(10));
        assertThat(clock.since(START.plusSeconds(4))).isEqualTo(Duration.ofSeconds(6));
        assertThat(clock.since(START.plusSeconds(99))).isZero();
    }
}
