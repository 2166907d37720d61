package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Worded;

/** What a new version does while another is rolling. */
public enum Supersede implements Worded {
    /** It takes the place of the other. */
    REPLACE("replace"),
    /** Its deploy is refused. */
    REJECT("reject");

    private final String word;

    Supersede(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
