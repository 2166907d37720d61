package dev.trellis.scheduler.place;

/**
 * A bound on the skew over the values of a label: the most loaded value may have at most {@code
 * maxSkew} more than the least loaded that still has room.
 *
 * @param key the label, for messages; what a host has there is in {@link HostSlot#values()}
 * @param maxSkew at least 1
 * @param hold leave an instance unplaced rather than break the bound; else it is only repaired
 * @param perSpread measure each spread by itself, else the component as a whole
 */
public record Topology(String key, int maxSkew, boolean hold, boolean perSpread) {

    public Topology {
        if (maxSkew < 1) {
            throw new IllegalArgumentException("maxSkew of " + key + " must be at least 1");
        }
    }

    /** As an entry that says nothing but the bound. */
    public static Topology bound(String key, int maxSkew) {
        return new Topology(key, maxSkew, true, true);
    }
}
