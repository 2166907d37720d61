package dev.trellis.scheduler.place;

import java.util.List;

/**
 * How uneven a result is over one label.
 *
 * @param key the label
 * @param spread the spread that is measured; empty for the component as a whole
 * @param value of the most loaded value less that of the least loaded with room; 0 when none has
 * @param max the bound
 * @param fullValues values without room, which don't count for the minimum
 */
public record Skew(String key, String spread, long value, int max, List<String> fullValues) {

    public Skew {
        fullValues = List.copyOf(fullValues);
    }

    public boolean isViolated() {
        return value > max;
    }
}
