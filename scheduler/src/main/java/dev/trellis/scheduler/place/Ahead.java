package dev.trellis.scheduler.place;

/**
 * Sees to it that one of the hosts that come before all others has an instance: a provider can only
 * stand beside the component there. What runs elsewhere already is moved for it, as far as one host
 * needs.
 */
final class Ahead {

    private Ahead() {}

    static void settle(State state) {
        var slots = state.layout.slots;
        boolean any = false;
        for (int host = 0; host < slots.length; host++) {
            if (slots[host].ahead() && state.load[host] > 0) {
                return;
            }
            any |= slots[host].ahead();
        }
        for (int spread = 0; any && spread < state.total.length; spread++) {
            any = !moveOne(state, spread);
        }
    }

    private static boolean moveOne(State state, int spread) {
        int from = -1;
        int to = -1;
        var fullest = Steps.fullest(state, spread);
        var emptiest = Steps.emptiest(state, spread);
        for (int host : state.layout.eligible[spread]) {
            if (state.count[spread][host] > 0 && (from < 0 || fullest.compare(host, from) < 0)) {
                from = host;
            }
            if (state.layout.slots[host].ahead()
                    && state.room(host) > 0
                    && (to < 0 || emptiest.compare(host, to) < 0)) {
                to = host;
            }
        }
        if (from < 0 || to < 0) {
            return false;
        }
        state.change(spread, from, -1);
        state.change(spread, to, 1);
        if (state.ties != null && state.ties.isOverLimit(to)) {
            state.change(spread, to, -1);
            state.change(spread, from, 1);
            return false;
        }
        return true;
    }
}
