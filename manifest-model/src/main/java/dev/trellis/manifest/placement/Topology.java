package dev.trellis.manifest.placement;

/**
 * A bound on how unevenly instances lie over the values of a label.
 *
 * @param key name of the label; hosts without it share the value {@code ""}
 * @param maxSkew largest minus smallest, at least 1
 */
public record Topology(
        String key, int maxSkew, WhenUnsatisfiable whenUnsatisfiable, SkewScope scope) {

    /** The skew when none is given. */
    public static final int DEFAULT_MAX_SKEW = 1;
}
