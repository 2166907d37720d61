package dev.trellis.scheduler.place;

import java.util.List;

/**
 * One spread of a scaler. The caller decides eligibility, because it knows labels, foreign
 * workloads and exclusive resources.
 *
 * @param name unique within the problem
 * @param weight 0 or more; 0 beside positive weights makes a standby, used when the others are full
 * @param min fewest instances; counts as {@code max} where it is above
 * @param max most instances; {@link Integer#MAX_VALUE} for no limit
 * @param eligible host ids, in any order; ids that the problem has no slot for are ignored
 */
public record SpreadRule(String name, int weight, int min, int max, List<String> eligible) {

    public SpreadRule {
        if (weight < 0 || min < 0 || max < 0) {
            throw new IllegalArgumentException("negative weight, min or max in spread: " + name);
        }
        eligible = List.copyOf(eligible);
    }

    /** A spread without limits. */
    public static SpreadRule weighted(String name, int weight, List<String> eligible) {
        return new SpreadRule(name, weight, 0, Integer.MAX_VALUE, eligible);
    }
}
