package dev.trellis.scheduler.rollout;

/** What a host is within its stage. */
public enum Role {
    /** Belongs to the stage and was not yet told to move. */
    CLAIMED,
    /** Told to move, in a wave that has not baked yet: unproven. */
    WAVE,
    /** In a wave that has baked, or joined through a finished stage. */
    PROVEN,
    /** Was bad within the tolerated number and goes back to stable. */
    EXCUSED
}
