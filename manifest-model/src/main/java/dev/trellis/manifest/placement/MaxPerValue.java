package dev.trellis.manifest.placement;

/**
 * A bound over all hosts that have the same value of a label.
 *
 * @param key name of the label; hosts without it share one value
 * @param max instances, at least 0
 */
public record MaxPerValue(String key, int max) {}
