package dev.trellis.scheduler.place;

/** Empties draining hosts as far as what they have fits elsewhere; the rest stays. */
final class Drain {

    private Drain() {}

    /** Lowest order first; the spreads on a host as declared. */
    static void all(State state) {
        for (int host = 0; host < state.load.length; host++) {
            if (state.layout.slots[host].state() == HostSlot.State.DRAINING) {
                for (int spread = 0; spread < state.total.length; spread++) {
                    while (state.count[spread][host] > 0 && one(state, spread, host)) {
                        // one after the other, as each may close the place of the next
                    }
                }
            }
        }
    }

    /** Takes one away and finds it another place; else it comes back. */
    private static boolean one(State state, int spread, int host) {
        state.change(spread, host, -1);
        if (new CellFill(state, spread).one() || Augment.one(state, spread)) {
            return true;
        }
        state.change(spread, host, 1);
        return false;
    }
}
