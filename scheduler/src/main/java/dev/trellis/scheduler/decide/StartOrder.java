package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.WorkloadId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to run on a host before a workload starts there: the targets of its links. A cycle is
 * cut in declared order. Example: a links to b, b to a; a is declared first, so a waits for b and b
 * for nobody.
 */
final class StartOrder {
    private final Map<WorkloadId, Workload> byId = new HashMap<>();
    private final Map<WorkloadId, Set<WorkloadId>> after = new HashMap<>();

    private StartOrder(List<Workload> workloads) {
        workloads.forEach(w -> byId.put(w.id(), w));
    }

    static Map<WorkloadId, Set<WorkloadId>> of(List<Workload> workloads) {
        var order = new StartOrder(workloads);
        for (var workload : workloads) {
            for (var target : workload.targets()) {
                boolean known = order.byId.containsKey(target);
                if (known && !order.waits(target, workload.id(), new HashSet<>())) {
                    order.after.computeIfAbsent(workload.id(), _ -> new HashSet<>()).add(target);
                }
            }
        }
        return order.after;
    }

    /** Whether {@code from} waits for {@code to}, directly or not. */
    private boolean waits(WorkloadId from, WorkloadId to, Set<WorkloadId> visited) {
        if (from.equals(to)) {
            return true;
        }
        if (!visited.add(from)) {
            return false;
        }
        return after.getOrDefault(from, Set.of()).stream()
                .anyMatch(next -> waits(next, to, visited));
    }
}
