package dev.trellis.scheduler.place;

import java.util.Map;
import java.util.TreeMap;

/** Empties draining hosts as far as what they have fits elsewhere; the rest stays. */
final class Drain {

    private Drain() {}

    /**
     * Lowest order first; the spreads on a host as declared.
     *
     * @return hosts that keep something, with what is in the way
     */
    static Map<String, Shortage> all(State state) {
        var stuck = new TreeMap<String, Shortage>();
        for (int host = 0; host < state.load.length; host++) {
            var slot = state.layout.slots[host];
            if (slot.state() != HostSlot.State.DRAINING) {
                continue;
            }
            for (int spread = 0; spread < state.total.length; spread++) {
                boolean found = true;
                while (found && state.count[spread][host] > 0) {
                    found = one(state, spread, host);
                }
                if (!found) {
                    stuck.putIfAbsent(slot.id(), Bottleneck.of(state, spread, state.load[host]));
                }
            }
        }
        return stuck;
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
