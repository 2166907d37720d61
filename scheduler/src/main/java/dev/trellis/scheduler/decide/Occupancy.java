package dev.trellis.scheduler.decide;

import dev.trellis.manifest.placement.MaxPerValue;
import dev.trellis.scheduler.observe.Host;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many instances of a workload run at most at this moment over the hosts with one value of a
 * label, what is on its way included: a limit by value holds at every moment, so what is added has
 * to fit beside what has not left yet.
 */
final class Occupancy {
    private final LatticeView view;
    private final List<MaxPerValue> limits;
    private final Map<List<Object>, Integer> used = new HashMap<>();

    Occupancy(WorkloadPlan plan, LatticeView view) {
        this.view = view;
        this.limits = plan.workload().rules().maxPerValue();
        if (!limits.isEmpty()) {
            plan.cells().forEach(cell -> add(cell.host(), cell.atMost()));
        }
    }

    /** Takes room for what is sent now. */
    void add(HostId host, int count) {
        for (var limit : limits) {
            used.merge(key(limit, host), count, Integer::sum);
        }
    }

    /** Instances that may still come to the host. */
    int room(HostId host) {
        int room = Integer.MAX_VALUE;
        for (var limit : limits) {
            room = Math.min(room, limit.max() - used.getOrDefault(key(limit, host), 0));
        }
        return Math.max(0, room);
    }

    /** Whether what leaves {@code giver} makes room on {@code taker}. */
    boolean sharesFullValue(HostId giver, HostId taker) {
        for (var limit : limits) {
            var key = key(limit, taker);
            if (used.getOrDefault(key, 0) >= limit.max() && key.equals(key(limit, giver))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the limits are exceeded where the host is. */
    boolean isOver(HostId host) {
        for (var limit : limits) {
            if (used.getOrDefault(key(limit, host), 0) > limit.max()) {
                return true;
            }
        }
        return false;
    }

    private List<Object> key(MaxPerValue limit, HostId host) {
        return List.of(limit.key(), limit.max(), value(view, limit.key(), host));
    }

    private static String value(LatticeView view, String key, HostId host) {
        return view.host(host)
                .map(Host::labels)
                .map(labels -> labels.getOrDefault(key, ""))
                .orElse("");
    }
}
