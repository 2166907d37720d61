package dev.trellis.manifest.rollout;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A time at which no host update, stage entry or approval begins.
 *
 * @param days on which it begins; never empty
 * @param from local time at which it begins
 * @param to local time at which it ends; not after {@code from} means on the following day, so
 *     midnight to midnight is one whole day
 */
public record DenyWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    public DenyWindow {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window begins on at least one day");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    /** Whether {@code now} is inside. */
    public boolean contains(Instant now) {
        return end(now).isPresent();
    }

    /** When it ends, if {@code now} is inside; another window, or its own next day, may follow. */
    public Optional<Instant> end(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        return Stream.of(today.minusDays(1), today)
                .filter(day -> days.contains(day.getDayOfWeek()))
                .filter(day -> !now.isBefore(day.atTime(from).atZone(zone).toInstant()))
                .map(this::end)
                .filter(now::isBefore)
                .max(Instant::compareTo);
    }

    private Instant end(LocalDate day) {
        var last = to.isAfter(from) ? day : day.plusDays(1);
        return last.atTime(to).atZone(zone).toInstant();
    }
}
