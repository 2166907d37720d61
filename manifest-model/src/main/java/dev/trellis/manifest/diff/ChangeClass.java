package dev.trellis.manifest.diff;

import dev.trellis.manifest.terms.Worded;

/**
 * What a difference means for the hosts. For a component that no rollout policy covers, which
 * without a policy is every one, {@link #STAGED} says that hosts stop the old and start the new one
 * by one, within the disruption budget and not in stages; and changed content of its configs and
 * secrets is {@link #MUTATE}, for it is put under the same name and hosts take it at once.
 */
public enum ChangeClass implements Worded {
    /** Reaches a host when the host changes version. */
    STAGED("staged"),
    /** Changes how many instances run where, in either version, at once; starts no rollout. */
    PLACEMENT("placement"),
    /** Something new that all hosts share; made before the first host changes. */
    EXPAND("expand"),
    /** Something that all hosts share and nothing needs any more; removed after the last one. */
    CONTRACT("contract"),
    /** Something that all hosts share and that changes for all of them at once. */
    MUTATE("mutate"),
    /** Of no consequence for any host. */
    METADATA("metadata"),
    /** How the next rollout goes. */
    POLICY("policy");

    private final String word;

    ChangeClass(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
