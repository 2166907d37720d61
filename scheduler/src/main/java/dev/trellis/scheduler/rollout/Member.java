package dev.trellis.scheduler.rollout;

/** A host's place in a rollout: one stage, one role. */
public record Member(int stage, Role role) {}
