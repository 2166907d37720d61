package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeView;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who has what only one workload on a host can have, such as a listening port. Who runs there, or
 * is on its way, has it; among those that do neither yet, the older app comes first, and in one app
 * what is placed first.
 */
public final class Exclusives {
    private record Claim(AppName app, WorkloadId id, AppMemory memory) {}

    private final Map<String, List<Claim>> claims = new HashMap<>();

    /** To be called for the oldest app first, and for its workloads in the order of placing. */
    public void claim(AppName app, Workload workload, AppMemory memory) {
        for (var resource : workload.exclusive()) {
            claims.computeIfAbsent(resource, _ -> new ArrayList<>())
                    .add(new Claim(app, workload.id(), memory));
        }
    }

    public boolean isEmpty() {
        return claims.isEmpty();
    }

    /** Apps that claim something which this one claims too. */
    public Set<AppName> rivals(AppName app) {
        var rivals = new TreeSet<AppName>();
        for (var of : claims.values()) {
            if (of.stream().anyMatch(claim -> claim.app().equals(app))) {
                of.forEach(claim -> rivals.add(claim.app()));
            }
        }
        rivals.remove(app);
        return rivals;
    }

    /** Another workload that has the resource on the host, or comes before this one there. */
    Optional<WorkloadId> holder(
            String resource, HostId host, WorkloadId id, LatticeView view, InFlight inFlight) {
        var of = claims.getOrDefault(resource, List.of());
        int mine = 0;
        while (mine < of.size() && !of.get(mine).id().equals(id)) {
            mine++;
        }
        boolean held = has(host, id, view, inFlight);
        for (int other = 0; other < of.size(); other++) {
            var claim = of.get(other);
            if (other == mine) {
                continue;
            }
            boolean earlier = other < mine;
            boolean has = has(host, claim.id(), view, inFlight);
            boolean comesFirst = earlier && claim.memory().intended(claim.id(), host) > 0;
            if (held ? has && earlier : has || comesFirst) {
                return Optional.of(claim.id());
            }
        }
        return Optional.empty();
    }

    private static boolean has(HostId host, WorkloadId id, LatticeView view, InFlight inFlight) {
        return view.running(host, id).isPresent()
                || inFlight.at(host, id).filter(sent -> sent.count() > 0).isPresent();
    }
}
