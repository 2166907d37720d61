package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Worded;

/** What becomes of hosts that are in no stage. */
public enum Remainder implements Worded {
    /** A last stage with defaults takes them. */
    APPEND("append"),
    /** They are never updated. */
    EXCLUDE("exclude"),
    /** The deploy is refused. */
    FAIL("fail");

    private final String word;

    Remainder(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
