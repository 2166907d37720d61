package dev.trellis.scheduler.wanted;

/** A number of hosts, or a share of them. How a share is rounded is for the caller to say. */
public sealed interface Ceiling {
    /** As a person writes it: {@code 5} or {@code 25%}. */
    String text();

    /** A fixed number, from 1. */
    record Count(int hosts) implements Ceiling {
        public Count {
            if (hosts < 1) {
                throw new IllegalArgumentException("a ceiling must be at least 1: " + hosts);
            }
        }

        @Override
        public String text() {
            return Integer.toString(hosts);
        }
    }

    /** A share, 1 to 100 %. */
    record Percent(int percent) implements Ceiling {
        public Percent {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("a ceiling must be 1% to 100%: " + percent);
            }
        }

        @Override
        public String text() {
            return percent + "%";
        }
    }
}
