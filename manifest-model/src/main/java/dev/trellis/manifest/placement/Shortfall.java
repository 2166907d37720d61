package dev.trellis.manifest.placement;

import dev.trellis.manifest.terms.Worded;

/** What becomes of the instances that a spread cannot take. */
public enum Shortfall implements Worded {
    /** The spread stays short. */
    HOLD("hold"),
    /** The other spreads take them. */
    REDISTRIBUTE("redistribute");

    private final String word;

    Shortfall(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
