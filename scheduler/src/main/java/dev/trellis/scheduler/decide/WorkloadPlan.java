package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.place.Placement;
import java.util.List;
import java.util.Optional;

/**
 * Where a workload should run, and how that compares with what is seen.
 *
 * @param held why nothing is placed or moved now; then {@code cells} repeat what is seen
 * @param foreign hosts where another manager's or app's entry has the id
 */
record WorkloadPlan(
        Workload workload,
        Placement placement,
        List<Cell> cells,
        List<HostId> foreign,
        Optional<String> held) {
    int unplaced() {
        return placement.unplaced().values().stream().mapToInt(Integer::intValue).sum();
    }

    String spreadOn(HostId host) {
        String best = workload.spreads().getFirst().name();
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
