package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Worded;

/** What happens when nobody has approved in time. */
public enum OnExpire implements Worded {
    /** The rollout is paused. */
    PAUSE("pause"),
    /** It is rolled back. */
    ROLLBACK("rollback");

    private final String word;

    OnExpire(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
