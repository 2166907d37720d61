package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeView;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Everything besides the app that a plan depends on.
 *
 * @param suspect hosts that may be gone: they keep what they have and get nothing
 * @param unread hosts whose inventory may come any moment: what they may run is not placed yet
 * @param wires failures by {@code config:<name>} and {@code link:<key>}
 * @param busyWires configs and link sources that a command is on its way for, named likewise
 * @param marks what people asked of hosts, those that are away included
 * @param limits the lattice's ceilings
 * @param exclusives who has what only one workload on a host can have
 * @param away hosts that apps of the lattice keep from serving
 * @param rehearsal nothing is sent: disruption budgets, which only say when, are lifted
 * @param manager this installation's id
 * @param adopted apps that were taken over from wadm: what it started for them is theirs
 */
public record Situation(
        LatticeView view,
        Predicate<HostId> suspect,
        Predicate<HostId> unread,
        InFlight inFlight,
        Failures<At> failures,
        Failures<String> wires,
        Set<String> busyWires,
        Map<HostId, HostMark> marks,
        LatticeLimits limits,
        Exclusives exclusives,
        Away away,
        String manager,
        Predicate<AppName> adopted,
        PlanSettings settings,
        Instant now,
        boolean rehearsal) {

    /** Whether an entry under an id that {@code app} owns is its own, to scale and to stop. */
    public boolean isOurs(AppName app, Running running) {
        return Annotations.isOurs(manager, app, adopted.test(app), running);
    }

    /** Whether the host gets nothing: marked so by a person, or silent. */
    boolean isClosed(HostId host) {
        return marks.containsKey(host) || suspect.test(host);
    }

    boolean isDraining(HostId host) {
        var mark = marks.get(host);
        return mark != null && mark.draining().isPresent();
    }
}
