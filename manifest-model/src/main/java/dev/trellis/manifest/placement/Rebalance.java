package dev.trellis.manifest.placement;

import java.time.Duration;

/**
 * When voluntary moves are made, and how many in what time.
 *
 * @param maxMoves moves within {@code per}; 0 makes none
 * @param per longer than zero
 */
public record Rebalance(RebalanceMode mode, int maxMoves, Duration per) {

    /** On violation, two moves in ten minutes. */
    public static final Rebalance DEFAULT =
            new Rebalance(RebalanceMode.ON_VIOLATION, 2, Duration.ofMinutes(10));
}
