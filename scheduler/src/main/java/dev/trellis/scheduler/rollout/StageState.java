package dev.trellis.scheduler.rollout;

/** What the current stage of a progressing rollout is at. */
public enum StageState {
    /** About to be entered, or held off by a window. */
    ENTER,
    /** Its hosts are admitted and move to the candidate. */
    UPDATE,
    /** Its wave is watched for the bake time. */
    BAKE,
    /** Its last wave has baked; gates are asked. */
    GATE
}
