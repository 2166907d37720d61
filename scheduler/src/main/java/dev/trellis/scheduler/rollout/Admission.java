package dev.trellis.scheduler.rollout;

/**
 * Tells hosts of the current stage to move, while three limits allow it: the wave's cap, the hosts
 * in transition, and the hosts away for whatever cause. Example: 30 hosts, maxUnproven 25 %,
 * maxParallel 3, maxUnavailable 10 %: the wave grows to 8, of which at most 3 change at once, and
 * none begins while 3 of the 30 are away.
 */
final class Admission {
    private final Sight sight;
    private final Draft draft;

    Admission(Sight sight) {
        this.sight = sight;
        this.draft = sight.draft;
    }

    /** Admits what may be admitted now; says so when the budget alone keeps some back. */
    void admit() {
        int cap = sight.waveCap();
        int parallel = sight.parallel();
        int budget = sight.budget();
        int wave = sight.wave().size();
        int moving = sight.where(sight::isInTransition).size();
        int away = sight.away();
        int blocked = 0;
        var order = HostKey.order(draft.id(), draft.stage);
        var pending = sight.pending();
        pending.sort((a, b) -> order.compare(a.host(), b.host()));
        for (var host : pending) {
            if (wave >= cap || moving >= parallel) {
                break;
            }
            boolean free = sight.isAway(host);
            if (!free && away >= budget) {
                blocked++;
                continue; // one that does not serve needs no place
            }
            if (wave == 0) {
                draft.progress(p -> p.withWaves(p.waves() + 1));
            }
            draft.put(host.host(), draft.stage, Role.WAVE);
            wave++;
            moving++;
            away += free ? 0 : 1;
        }
        if (blocked > 0 && moving == 0) {
            draft.waits(
                    Reasons.BLOCKED_BY_BUDGET,
                    away + " host(s) are away and maxUnavailable allows " + budget);
        }
    }
}
