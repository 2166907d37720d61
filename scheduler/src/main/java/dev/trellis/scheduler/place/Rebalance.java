package dev.trellis.scheduler.place;

/** When instances are moved only to lower a skew. */
public enum Rebalance {
    /** Skew is reported and left. */
    NEVER,
    /** While a bound is exceeded. */
    ON_VIOLATION,
    /** Down to a skew of 1. */
    ALWAYS,
    /** Down to 1 over the first topology entry alone: what a person asks for by hand. */
    ONCE
}
