package dev.trellis.manifest.rollout;

import java.time.DayOfWeek;
import java.util.List;
import java.util.regex.Pattern;

/** How the days and times of a window are written. */
public final class Weekdays {

    /** Days of the week, Monday first. */
    public static final List<String> WORDS =
            List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /** The last moment of a day, as the end of a window. */
    public static final String END_OF_DAY = "24:00";

    /** A time of day. */
    public static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    private Weekdays() {}

    static DayOfWeek day(String word) {
        int index = WORDS.indexOf(word);
        if (index < 0) {
            throw new IllegalArgumentException("no day of the week: " + word);
        }
        return DayOfWeek.of(index + 1);
    }
}
