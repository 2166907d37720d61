package dev.trellis.scheduler.place;

/**
 * Most instances of the component over all hosts with the same value of a label. Hosts without the
 * label have the value {@code ""} in common.
 *
 * @param key the label, for messages; what a host has there is in {@link HostSlot#values()}
 */
public record ValueLimit(String key, int max) {

    public ValueLimit {
        if (max < 0) {
            throw new IllegalArgumentException("negative maxPerValue of " + key);
        }
    }
}
