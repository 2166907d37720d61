package dev.trellis.scheduler.observe;

/** What an entry of a host's inventory is; ids of the two kinds do not collide in an app. */
public enum WorkloadKind {
    COMPONENT,
    PROVIDER
}
