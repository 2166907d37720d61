package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Worded;

/** What happens when fewer hosts match a stage than it needs. */
public enum OnShort implements Worded {
    /** The rollout fails; at the first stage the deploy is refused. */
    FAIL("fail"),
    /** The stage waits for hosts. */
    WAIT("wait"),
    /** The stage is passed over. */
    SKIP("skip");

    private final String word;

    OnShort(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
