package dev.trellis.manifest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DenyWindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Friday noon to midnight, in Berlin; in November that is an hour ahead of UTC. */
    private static final DenyWindow FRIDAY =
            new DenyWindow(
                    Set.of(DayOfWeek.FRIDAY), LocalTime.of(12, 0), LocalTime.MIDNIGHT, BERLIN);

    @Test
    void itsTimesAreThoseOfItsZone() {
        assertThat(FRIDAY.contains(at("2026-11-27T10:59:59Z"))).isFalse();
        assertThat(FRIDAY.contains(at("2026-11-27T11:00:00Z"))).isTrue();
        assertThat(FRIDAY.contains(at("2026-11-27T22:59:59Z"))).isTrue();
        assertThat(FRIDAY.contains(at("2026-11-27T23:00:00Z"))).isFalse();
    }

    @Test
    void itSaysWhenItEnds() {
        assertThat(FRIDAY.end(at("2026-11-27T15:00:00Z"))).contains(at("2026-11-27T23:00:00Z"));
        assertThat(FRIDAY.end(at("2026-11-26T15:00:00Z"))).isEmpty();
    }

    @Test
    void oneThatEndsBeforeItBeginsGoesOnIntoTheNextDay() {
        var night =
                new DenyWindow(
                        Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), BERLIN);

        assertThat(night.contains(at("2026-11-28T04:59:00Z"))).isTrue();
        assertThat(night.contains(at("2026-11-28T05:00:00Z"))).isFalse();
        assertThat(night.contains(at("2026-11-27T04:00:00Z"))).isFalse();
    }

    @Test
    void midnightToMidnightIsTheWholeDay() {
        var day =
                new DenyWindow(
                        Set.of(DayOfWeek.FRIDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, BERLIN);

        assertThat(day.contains(at("2026-11-26T23:00:00Z"))).isTrue();
        assertThat(day.contains(at("2026-11-27T22:59:59Z"))).isTrue();
        assertThat(day.contains(at("2026-11-27T23:00:00Z"))).isFalse();
    }

    @Test
    void aNightInWhichTheClockIsTurnedIsAsLongAsItsLocalTimesSay() {
        var night =
                new DenyWindow(
                        Set.of(DayOfWeek.SUNDAY), LocalTime.of(1, 0), LocalTime.of(5, 0), BERLIN);

        // at the end of October, from 01:00 summer time to 05:00 winter time: five hours
        assertThat(night.contains(at("2026-10-24T23:00:00Z"))).isTrue();
        assertThat(night.contains(at("2026-10-25T03:59:00Z"))).isTrue();
        assertThat(night.contains(at("2026-10-25T04:00:00Z"))).isFalse();
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
