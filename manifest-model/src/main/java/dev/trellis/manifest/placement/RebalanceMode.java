package dev.trellis.manifest.placement;

import dev.trellis.manifest.terms.Worded;

/** When instances are moved though nothing forces them to. */
public enum RebalanceMode implements Worded {
    /** Not at all; a skew is only reported. */
    NEVER("never"),
    /** While a skew is over its bound. */
    ON_VIOLATION("onViolation"),
    /** Until the skew is 1. */
    ALWAYS("always");

    private final String word;

    RebalanceMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
