package dev.trellis.scheduler.rollout;

/**
 * A rollout in a line, as statuses and lists show it.
 *
 * @param from version label of stable; empty on a first deploy
 * @param stage name of the current one; empty before the first and after the last
 */
public record RolloutSummary(
        String id,
        String from,
        String to,
        RolloutPhase phase,
        String stage,
        boolean paused,
        String reason,
        String message) {}
