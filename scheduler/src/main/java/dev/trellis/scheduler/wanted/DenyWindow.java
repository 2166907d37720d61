package dev.trellis.scheduler.wanted;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A time of the week, in a time zone, at which no new host is updated.
 *
 * @param days on which it begins; never empty
 * @param from minute of the local day at which it begins, 0 to 1439
 * @param to minute of the local day at which it is over, 1 to 1440 (24:00); not after {@code from}:
 *     of the next day
 */
public record DenyWindow(SortedSet<DayOfWeek> days, int from, int to, ZoneId zone) {
    private static final int DAY = 24 * 60;

    public DenyWindow {
        days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window has at least one day");
        }
        if (from < 0 || from >= DAY || to < 1 || to > DAY) {
            throw new IllegalArgumentException("minutes of a day: from=" + from + " to=" + to);
        }
    }
}
