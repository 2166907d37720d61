package dev.trellis.manifest.placement;

import dev.trellis.manifest.terms.Worded;

/** How a number of instances is divided among spreads. */
public enum Apportion implements Worded {
    /** By the method of Webster and Sainte-Laguë: scaling up moves nothing. */
    WEBSTER("webster"),
    /** As wadm 0.21 does it: the floor of each share, then one more each in order of weight. */
    WADM("wadm");

    private final String word;

    Apportion(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
