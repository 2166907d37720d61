package dev.trellis.scheduler.decide;

/** What may be moved though nothing forces it. */
public enum Moves {
    /** Nothing: the app is held, its version is being rolled out, or our connection is in doubt. */
    NONE,
    /** What the rules say, within the budgets. */
    BY_RULE,
    /** Everything that makes it even, once, because a person asked for it. */
    ONCE
}
