package dev.trellis.scheduler.place;

/**
 * A live host as placement sees it.
 *
 * @param cap most instances of this component; {@link Integer#MAX_VALUE} for no cap. A draining
 *     host is cordoned, with a cap that the caller lowers as its budget allows
 * @param cordoned keeps what it has and gets nothing
 * @param domain value of the first topology key; empty without a topology or without the label. For
 *     a rebalance host by host, the host id
 * @param prefer score; the higher is taken first among hosts equal by domain load and load
 */
public record HostSlot(String id, int cap, boolean cordoned, String domain, int prefer) {

    public HostSlot {
        if (cap < 0) {
            throw new IllegalArgumentException("negative cap on host: " + id);
        }
    }

    /** An open host without topology or preference. */
    public static HostSlot open(String id, int cap) {
        return new HostSlot(id, cap, false, "", 0);
    }
}
