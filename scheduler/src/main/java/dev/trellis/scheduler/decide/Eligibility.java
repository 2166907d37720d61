package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.Host;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.Map;
import java.util.Optional;

/** Which hosts may run a workload, and what keeps it off the others. */
final class Eligibility {
    private final AppName app;
    private final Situation situation;

    Eligibility(AppName app, Situation situation) {
        this.app = app;
        this.situation = situation;
    }

    /** What of its labels keeps a host out of a spread; empty when nothing does. */
    static Optional<String> unmet(Workload workload, Workload.SpreadSpec spread, Host host) {
        var requirement = spread.unmet(host.labels());
        if (requirement.isPresent()) {
            return requirement.map(unmet -> "requirements " + unmet);
        }
        return workload.rules().bounds(spread.name()).matchExpressions().stream()
                .filter(expression -> !expression.matches(host.labels()))
                .findFirst()
                .map(expression -> expression.spelled());
    }

    boolean isForeign(Workload workload, Host host) {
        return host.running(workload.id()).filter(r -> !situation.isOurs(app, r)).isPresent();
    }

    /** The exclusive resource that another workload has on the host. */
    Optional<String> taken(Workload workload, HostId host) {
        for (var resource : workload.exclusive()) {
            var holder =
                    situation
                            .exclusives()
                            .holder(
                                    resource,
                                    host,
                                    workload.id(),
                                    situation.view(),
                                    situation.inFlight());
            if (holder.isPresent()) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    /**
     * What keeps a workload off a host whatever the spread; empty when nothing does.
     *
     * @param besides instances of what it has to stand beside, by host; hosts without are missing
     */
    Optional<String> barred(Workload workload, Host host, Map<HostId, Integer> besides) {
        if (isForeign(workload, host)) {
            return Optional.of("foreign");
        }
        var taken = taken(workload, host.id());
        if (taken.isPresent()) {
            return taken.map(resource -> "exclusive " + resource);
        }
        if (!workload.beside().isEmpty() && !besides.containsKey(host.id())) {
            return Optional.of("colocateWith " + names(workload));
        }
        return Optional.empty();
    }

    private static String names(Workload workload) {
        return String.join(
                ", ", workload.beside().stream().map(WorkloadId::value).sorted().toList());
    }
}
