package dev.trellis.scheduler.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a lattice is known well enough to act on. */
final class SettlingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Settling pinged() {
        var settling = new Settling();
        settling.eventsCaughtUp();
        settling.storeCaughtUp();
        settling.pinged(START);
        return settling;
    }

    @Test
    void atOnceWhenEveryoneAnsweredOrNobodyIsThere() {
        assertThat(pinged().settles(true, false, START)).isTrue();
        assertThat(pinged().settles(false, true, START)).isTrue();
    }

    @Test
    void halfASecondAfterTheLastPong() {
        var settling = pinged();
        settling.pong(START.plusMillis(100));
        assertThat(settling.settles(false, false, START.plusMillis(599))).isFalse();
        assertThat(settling.settles(false, false, START.plusMillis(600))).isTrue();
    }

    @Test
    void atMostThreeSecondsAfterThePing() {
        assertThat(pinged().settles(false, false, START.plusMillis(2999))).isFalse();
        assertThat(pinged().settles(false, false, START.plusMillis(3000))).isTrue();
    }

    @Test
    void neverBeforeStoreAndEventsAreCaughtUp() {
        var settling = new Settling();
        settling.pinged(START);
        settling.storeCaughtUp();
        assertThat(settling.settles(true, false, START.plusSeconds(60))).isFalse();
        assertThat(settling.nextDue()).isEqualTo(Instant.MAX);
    }
}
