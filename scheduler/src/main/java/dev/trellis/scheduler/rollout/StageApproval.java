package dev.trellis.scheduler.rollout;

import java.time.Instant;

/**
 * That somebody agreed to a stage of this rollout: a record of its own, which may be older than the
 * stage's gate.
 *
 * @param reason may be empty
 */
public record StageApproval(String by, Instant at, String reason) {}
