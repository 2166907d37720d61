package dev.trellis.manifest.terms;

import java.util.Optional;
import java.util.regex.Pattern;

/** So many of a total, or a share of it. */
public sealed interface Amount {

    /** All of it. */
    static Amount all() {
        return new Percent(100);
    }

    /** None of it. */
    static Amount none() {
        return new Count(0);
    }

    /**
     * A number whatever the total.
     *
     * @param count at least 0
     */
    record Count(int count) implements Amount {
        public Count {
            if (count < 0) {
                throw new IllegalArgumentException("an amount is not negative: " + count);
            }
        }
    }

    /**
     * A share of the total.
     *
     * @param percent from 0 to 100
     */
    record Percent(int percent) implements Amount {
        public Percent {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("a share is 0 to 100 %: " + percent);
            }
        }
    }

    /** Form of a share: {@code 0%} to {@code 100%}, without a leading zero or a fraction. */
    Pattern PERCENT = Pattern.compile("(100|[1-9]?[0-9])%");

    /** The share that is written so; empty when it is none. */
    static Optional<Amount> percent(String text) {
        return PERCENT.matcher(text).matches()
                ? Optional.of(new Percent(Integer.parseInt(text.substring(0, text.length() - 1))))
                : Optional.empty();
    }

    /**
     * How many that is of {@code total}, a share rounded up: 10 % of 41 is 5. Amounts of a rollout
     * policy are meant so. A count is itself, even above the total.
     */
    default int roundedUp(int total) {
        return switch (this) {
            case Count(var count) -> count;
            case Percent(var percent) -> (int) (((long) total * percent + 99) / 100);
        };
    }

    /**
     * How many that is of {@code total}, a share rounded down: 25 % of 30 is 7. The disruption
     * budget of a placement is meant so. A count is itself, even above the total.
     */
    default int roundedDown(int total) {
        return switch (this) {
            case Count(var count) -> count;
            case Percent(var percent) -> (int) ((long) total * percent / 100);
        };
    }

    /** Whether it is none of any total. */
    default boolean zero() {
        return switch (this) {
            case Count(var count) -> count == 0;
            case Percent(var percent) -> percent == 0;
        };
    }

    /** As a manifest spells it: {@code 3} or {@code 25%}. */
    default String spelled() {
        return switch (this) {
            case Count(var count) -> Integer.toString(count);
            case Percent(var percent) -> percent + "%";
        };
    }
}
