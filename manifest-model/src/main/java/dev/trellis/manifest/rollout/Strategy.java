package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Worded;

/** How one host changes from stable to candidate. */
public enum Strategy implements Worded {
    /** The old one stops, then the new one starts. */
    RECREATE("recreate"),
    /** The new one starts on a spare host first, then the old one stops. */
    SURGE("surge");

    private final String word;

    Strategy(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
