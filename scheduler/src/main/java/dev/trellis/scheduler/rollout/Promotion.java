package dev.trellis.scheduler.rollout;

/** How much of the watching a person has waived. Health, caps and budget always hold. */
public enum Promotion {
    NONE,
    /** The present wave passes without bake and gates. */
    WAVE,
    /** So do all remaining ones. */
    FULL
}
