package dev.trellis.manifest.placement;

import dev.trellis.manifest.terms.Selector;

/**
 * A score for hosts that match; it decides only among hosts that are equal otherwise.
 *
 * @param weight what a match adds to the score of a host
 */
public record Preference(Selector selector, int weight) {

    /** The weight when none is given. */
    public static final int DEFAULT_WEIGHT = 1;
}
