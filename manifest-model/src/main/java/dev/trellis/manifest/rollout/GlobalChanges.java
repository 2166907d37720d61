package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Worded;

/** When changes are made that cannot be staged. */
public enum GlobalChanges implements Worded {
    /** Never: a deploy that needs them is refused. */
    REFUSE("refuse"),
    /** Before any host is updated. */
    BEFORE_FIRST_STAGE("beforeFirstStage"),
    /** After all hosts are. */
    AFTER_LAST_STAGE("afterLastStage");

    private final String word;

    GlobalChanges(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
