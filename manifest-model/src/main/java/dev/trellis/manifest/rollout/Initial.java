package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Worded;

/** What is done while there is no stable version. */
public enum Initial implements Worded {
    /** All hosts at once, as one stage without caps, bake and gate. */
    SKIP("skip"),
    /** By the stages. */
    STAGED("staged");

    private final String word;

    Initial(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
