package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.place.Placement;
import java.util.List;
import java.util.Optional;

/**
 * Where a workload should run, and how that compares with what is seen.
 *
 * @param ground what placing it started from
 */
record WorkloadPlan(Ground ground, Placement placement, List<Cell> cells) {
    Workload workload() {
        return ground.workload();
    }

    /** Why nothing is placed or moved now; then {@link #cells} repeat what is seen. */
    Optional<String> held() {
        return ground.held();
    }

    /** Hosts where another manager's or app's entry has the id. */
    List<HostId> foreign() {
        return ground.foreign();
    }

    int unplaced() {
        return placement.missing();
    }

    String spreadOn(HostId host) {
        String best = workload().spreads().getFirst().name();
        int most = 0;
        for (var spread : placement.perSpread().entrySet()) {
            int here = spread.getValue().getOrDefault(host.value(), 0);
            if (here > most) {
                most = here;
                best = spread.getKey();
            }
        }
        return best;
    }
}
