package dev.trellis.manifest.placement;

import dev.trellis.manifest.terms.Worded;

/** What becomes of an instance that no host can take within the skew. */
public enum WhenUnsatisfiable implements Worded {
    /** It stays unplaced. */
    HOLD("hold"),
    /** It is placed all the same. */
    ANYWAY("anyway");

    private final String word;

    WhenUnsatisfiable(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
