package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Worded;

/** What an answer without data means. */
public enum NoData implements Worded {
    /** Neither pass nor fail. */
    INCONCLUSIVE("inconclusive"),
    /** The metric fails. */
    FAIL("fail");

    private final String word;

    NoData(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
