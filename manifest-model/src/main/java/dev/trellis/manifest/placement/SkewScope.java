package dev.trellis.manifest.placement;

import dev.trellis.manifest.terms.Worded;

/** What a skew is measured over. */
public enum SkewScope implements Worded {
    /** Each spread by itself. */
    PER_SPREAD("perSpread"),
    /** All instances of the component. */
    COMPONENT("component");

    private final String word;

    SkewScope(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
