package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.place.HostOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * What is remembered of an app from one plan to the next, in the owner's memory only: what each
 * host was last meant to run. It keeps a host its place while it changes version or fails; a new
 * owner starts without and places by what is seen.
 */
public final class AppMemory {
    private final Map<WorkloadId, Map<String, Integer>> intended = new HashMap<>();
    private final HostOrder order;

    public AppMemory(String app) {
        order = new HostOrder(app);
    }

    Map<String, Integer> intended(WorkloadId id) {
        return intended.getOrDefault(id, Map.of());
    }

    void intend(WorkloadId id, Map<String, Integer> perHost) {
        intended.put(id, perHost);
    }

    HostOrder order() {
        return order;
    }
}
