package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Worded;

/** What a failure does to the rollout. */
public enum OnFailure implements Worded {
    /** Every host goes back to stable. */
    ROLLBACK("rollback"),
    /** Nothing more is admitted until a person decides. */
    PAUSE("pause"),
    /** The rollout ends, and the mix of revisions stays. */
    HALT("halt");

    private final String word;

    OnFailure(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
