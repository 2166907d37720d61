package dev.trellis.scheduler.place;

import java.util.List;

/**
 * A live host as placement sees it.
 *
 * @param cap most instances of this component; {@link Integer#MAX_VALUE} for no cap
 * @param state whether it may get instances or should lose them
 * @param ahead filled before all hosts that are not, whatever the loads: hosts where a provider
 *     that needs this component beside it may run
 * @param prefer score; the higher is taken first among hosts equal by domain load and load
 * @param values its labels as far as they matter: one for each topology entry, then one for each
 *     limit by value; what is missing at the end is empty. For a rebalance host by host, the host
 *     id
 */
public record HostSlot(
        String id, int cap, State state, boolean ahead, int prefer, List<String> values) {

    /** What may be done with a host. */
    public enum State {
        /** Keeps what it has, and may get more. */
        OPEN,
        /** Keeps what it has and gets nothing. */
        CORDONED,
        /** Gets nothing, and loses what fits elsewhere. */
        DRAINING
    }

    public HostSlot {
        if (cap < 0) {
            throw new IllegalArgumentException("negative cap on host: " + id);
        }
        values = List.copyOf(values);
    }

    /** A host that none waits for, with the value of the first topology entry. */
    public HostSlot(String id, int cap, boolean cordoned, String domain, int prefer) {
        this(
                id,
                cap,
                cordoned ? State.CORDONED : State.OPEN,
                false,
                prefer,
                domain.isEmpty() ? List.of() : List.of(domain));
    }

    /** An open host without topology or preference. */
    public static HostSlot open(String id, int cap) {
        return new HostSlot(id, cap, State.OPEN, false, 0, List.of());
    }

    /** Gets nothing. */
    public boolean cordoned() {
        return state != State.OPEN;
    }

    /** By topology entry, then limit by value. */
    String value(int dimension) {
        return dimension < values.size() ? values.get(dimension) : "";
    }

    /** The same host with another cap. */
    public HostSlot withCap(int other) {
        return new HostSlot(id, other, state, ahead, prefer, values);
    }

    /** The same host, open or closed. */
    public HostSlot withState(State other) {
        return new HostSlot(id, cap, other, ahead, prefer, values);
    }

    /** The same host, filled first. */
    public HostSlot withAhead() {
        return new HostSlot(id, cap, state, true, prefer, values);
    }
}
