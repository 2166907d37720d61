package dev.trellis.manifest.terms;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How lengths of time are written: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 500ms}. */
public final class Durations {

    /** Longest length of time that a manifest may name: 365 days. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /** Each unit at most once, the largest first; not empty. */
    public static final Pattern FORM =
            Pattern.compile(
                    "(?=[0-9])(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m(?!s))?"
                            + "(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");

    private static final long[] MILLIS = {86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};

    private Durations() {}

    /** The length of time written so; empty when it is none, or longer than {@link #LONGEST}. */
    public static Optional<Duration> parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        long millis = 0;
        for (int unit = 0; unit < MILLIS.length; unit++) {
            var number = found.group(unit + 1);
            if (number != null) {
                millis += Long.parseLong(number) * MILLIS[unit];
            }
        }
        return millis > LONGEST.toMillis()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(millis));
    }
}
