package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many hosts of one app may be disturbed at once: upgrades, drains and moves share it. A host
 * that does not serve, or has a command on its way, keeps its place until it serves again. Example:
 * 30 hosts, 25 %: 7; with 2 hosts not serving and 3 in transition, 2 more may be disturbed. A
 * ceiling of the lattice counts the hosts that other apps keep from serving as well.
 */
final class Budget {
    private final int most;
    private final int mostOfLattice;
    private final Set<HostId> away;
    private final Set<HostId> elsewhere;

    /**
     * @param hosts of the app: those on which it is placed or runs
     * @param away of those, the ones not serving or in transition
     */
    Budget(WantedApp app, Situation situation, int hosts, Set<HostId> away) {
        this.most = most(app, situation, hosts);
        this.away = new HashSet<>(away);
        this.elsewhere = situation.away().besides(app.app());
        int lattice = situation.view().hosts().size();
        this.mostOfLattice =
                situation
                        .limits()
                        .maxUnavailable()
                        .filter(_ -> !situation.rehearsal())
                        .map(limit -> Math.max(1, limit.roundedDown(lattice)))
                        .orElse(Integer.MAX_VALUE);
    }

    private static int most(WantedApp app, Situation situation, int hosts) {
        if (situation.rehearsal()) {
            return Integer.MAX_VALUE;
        }
        var own =
                app.workloads().stream()
                        .flatMap(workload -> workload.rules().maxUnavailable().stream())
                        .mapToInt(amount -> Math.max(1, amount.roundedDown(hosts)))
                        .min();
        var policy =
                app.staged()
                        .map(staged -> staged.policy().maxUnavailable().roundedUp(hosts))
                        .map(most -> Math.max(1, most));
        if (policy.isEmpty()) {
            return own.orElse(situation.settings().budget(hosts));
        }
        return Math.min(policy.get(), own.orElse(Integer.MAX_VALUE));
    }

    /** As things stand before anything is placed: by what was meant to run and what does. */
    static Budget before(WantedApp app, Situation situation, AppMemory memory) {
        var hosts = new HashSet<HostId>();
        var away = new HashSet<HostId>();
        for (var workload : app.workloads()) {
            var id = workload.id();
            var meant =
                    memory.intent(id)
                            .map(intent -> intent.perHost().keySet().stream().map(HostId::new))
                            .orElse(Stream.empty());
            for (var host :
                    Stream.concat(meant, situation.view().hostsRunning(id).stream()).toList()) {
                if (situation.view().host(host).isEmpty()) {
                    continue;
                }
                hosts.add(host);
                boolean serves = situation.view().running(host, id).isPresent();
                if (situation.inFlight().at(host, id).isPresent()
                        || (!serves && memory.intended(id, host) > 0)) {
                    away.add(host);
                }
            }
        }
        return new Budget(app, situation, hosts.size(), away);
    }

    /** Takes a place for the host; false when there is none. One already away needs none. */
    boolean disturb(HostId host) {
        if (away.contains(host)) {
            return true;
        }
        return free(host) && away.add(host);
    }

    private boolean free(HostId host) {
        return away.size() < most && (elsewhere.contains(host) || ofLattice() < mostOfLattice);
    }

    private int ofLattice() {
        var all = new HashSet<>(elsewhere);
        all.addAll(away);
        return all.size();
    }

    /** Hosts that may be disturbed besides those that are. */
    int free() {
        return Math.max(0, Math.min(most - away.size(), mostOfLattice - ofLattice()));
    }

    boolean isAway(HostId host) {
        return away.contains(host);
    }

    Set<HostId> away() {
        return Set.copyOf(away);
    }

    int most() {
        return Math.min(most, mostOfLattice);
    }

    /** Hosts of a plan that are not serving or in transition. */
    static Set<HostId> away(List<WorkloadPlan> workloads) {
        var away = new HashSet<HostId>();
        for (var plan : workloads) {
            for (var cell : plan.cells()) {
                if (cell.sent().isPresent() || (cell.wanted() > 0 && cell.seen().isEmpty())) {
                    away.add(cell.host());
                }
            }
        }
        return away;
    }
}
