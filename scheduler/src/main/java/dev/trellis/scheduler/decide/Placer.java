package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.Host;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.place.Apportionment;
import dev.trellis.scheduler.place.Assign;
import dev.trellis.scheduler.place.Daemon;
import dev.trellis.scheduler.place.HostSlot;
import dev.trellis.scheduler.place.Placement;
import dev.trellis.scheduler.place.PlacementProblem;
import dev.trellis.scheduler.place.SpreadRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Places the workloads of one app: components first, then providers (spec of placement, 4). */
final class Placer {
    private static final int NO_CAP = Integer.MAX_VALUE;

    private final WantedApp app;
    private final Situation situation;
    private final AppMemory memory;
    private final Revisions revisions;
    private final Map<Workload, Placement> placed = new LinkedHashMap<>();

    Placer(WantedApp app, Situation situation, AppMemory memory, Revisions revisions) {
        this.app = app;
        this.situation = situation;
        this.memory = memory;
        this.revisions = revisions;
    }

    /** In declared order. */
    List<WorkloadPlan> place() {
        var plans = new HashMap<Workload, WorkloadPlan>();
        for (var workload : app.workloads()) {
            if (!workload.isBuiltin()) {
                plans.put(workload, place(workload));
            }
        }
        for (var workload : app.workloads()) {
            if (workload.isBuiltin()) {
                plans.put(workload, place(workload));
            }
        }
        return app.workloads().stream().map(plans::get).toList();
    }

    private WorkloadPlan place(Workload workload) {
        var slots = new ArrayList<HostSlot>();
        var eligible = new ArrayList<List<String>>();
        workload.spreads().forEach(_ -> eligible.add(new ArrayList<>()));
        var foreign = new ArrayList<HostId>();
        boolean unread = false;
        for (var host : situation.view().hosts().values()) {
            if (!host.known()) {
                unread |= situation.unread().test(host.id()) && accepts(workload, host);
                continue;
            }
            if (isForeign(workload, host)) {
                foreign.add(host.id());
                continue;
            }
            int prefer = beside(workload, host.id());
            if (workload.isBuiltin() && !workload.targets().isEmpty() && prefer == 0) {
                continue; // it would find none of its targets there
            }
            slots.add(slot(workload, host, prefer));
            for (int i = 0; i < eligible.size(); i++) {
                if (workload.spreads().get(i).accepts(host.labels())) {
                    eligible.get(i).add(host.id().value());
                }
            }
        }
        var load = load(workload);
        var placement = unread ? asItIs(workload, load) : solve(workload, slots, eligible, load);
        placed.put(workload, placement);
        if (!unread) {
            memory.intend(workload.id(), placement.perHost());
        }
        return new WorkloadPlan(
                workload,
                placement,
                cells(workload, placement, eligible),
                foreign,
                unread ? Optional.of("a host's inventory is not known yet") : Optional.empty());
    }

    private static boolean accepts(Workload workload, Host host) {
        return workload.spreads().stream().anyMatch(s -> s.accepts(host.labels()));
    }

    private boolean isForeign(Workload workload, Host host) {
        var running = host.running(workload.id());
        return running.isPresent() && !situation.isOurs(app.app(), running.get());
    }

    /** Load of a built-in provider's targets on a host; 0: it has no business there. */
    private int beside(Workload workload, HostId host) {
        if (!workload.isBuiltin()) {
            return 0;
        }
        int load = 0;
        for (var target : workload.targets()) {
            var own = app.workload(target);
            if (own.isPresent()) {
                var placement = placed.get(own.get());
                load += placement == null ? 0 : placement.perHost().getOrDefault(host.value(), 0);
            } else {
                load += situation.view().running(host, target).map(Running::instances).orElse(0);
            }
        }
        return load;
    }

    private HostSlot slot(Workload workload, Host host, int prefer) {
        boolean provider = workload.kind() == WorkloadKind.PROVIDER;
        return new HostSlot(
                host.id().value(),
                provider ? 1 : NO_CAP,
                situation.suspect().test(host.id()),
                "",
                prefer);
    }

    /** What each host is meant to run now: sent, else seen, else what it was last meant to. */
    private Map<String, Integer> load(Workload workload) {
        var load = new HashMap<String, Integer>();
        memory.intended(workload.id())
                .forEach((host, count) -> {
                    if (situation.view().host(new HostId(host)).isPresent()) {
                        load.put(host, count);
                    }
                });
        for (var host : situation.view().hostsRunning(workload.id())) {
            situation
                    .view()
                    .running(host, workload.id())
                    .filter(r -> situation.isOurs(app.app(), r))
                    .filter(_ -> situation.inFlight().at(host, workload.id()).isEmpty())
                    .ifPresent(r -> load.put(host.value(), r.instances()));
        }
        return load;
    }

    private Placement solve(
            Workload workload,
            List<HostSlot> slots,
            List<List<String>> eligible,
            Map<String, Integer> load) {
        var rules = new ArrayList<SpreadRule>();
        for (int i = 0; i < eligible.size(); i++) {
            var spread = workload.spreads().get(i);
            rules.add(SpreadRule.weighted(spread.name(), spread.weight(), eligible.get(i)));
        }
        if (workload.daemon()) {
            int instances = workload.instances();
            return Daemon.solve(instances, slots, rules, load);
        }
        return Assign.solve(
                new PlacementProblem(
                        app.app().value(),
                        slots,
                        rules,
                        workload.instances(),
                        Apportionment.WADM,
                        false,
                        OptionalInt.empty(),
                        0,
                        load),
                memory.order());
    }

    private static Placement asItIs(Workload workload, Map<String, Integer> load) {
        var first = workload.spreads().getFirst().name();
        var perHost = new TreeMap<>(load);
        return new Placement(
                perHost,
                Map.<String, SortedMap<String, Integer>>of(first, perHost),
                Map.of(first, 0),
                Map.of());
    }

    private List<Cell> cells(Workload workload, Placement placement, List<List<String>> eligible) {
        var may = new HashSet<String>();
        eligible.forEach(may::addAll);
        Set<HostId> hosts = new TreeSet<>(situation.view().hostsRunning(workload.id()));
        placement.perHost().keySet().forEach(host -> hosts.add(new HostId(host)));
        var cells = new ArrayList<Cell>(hosts.size());
        for (var host : hosts) {
            var seen = situation.view().running(host, workload.id());
            if (seen.isPresent() && !situation.isOurs(app.app(), seen.get())) {
                continue;
            }
            cells.add(
                    new Cell(
                            host,
                            workload,
                            placement.perHost().getOrDefault(host.value(), 0),
                            seen,
                            situation.inFlight().at(host, workload.id()),
                            seen.map(r -> identity(workload, r)).orElse(Cell.Identity.VACANT),
                            may.contains(host.value())
                                    ? Optional.empty()
                                    : Optional.of("the host is not eligible")));
        }
        return cells;
    }

    /** Decided by the annotation and reference that were seen; without annotation by reference. */
    private Cell.Identity identity(Workload workload, Running running) {
        if (!workload.isImage(running.image())) {
            return Cell.Identity.OTHER;
        }
        var label = Annotations.version(running);
        if (label.isEmpty() || label.get().equals(app.label())) {
            return Cell.Identity.CURRENT;
        }
        var n = Annotations.versionNumber(running);
        if (n.isEmpty() || app.label().contains(".")) {
            return Cell.Identity.OTHER; // restarted since: only its own label will do
        }
        var started = revisions.at(n.getAsInt());
        if (started.isEmpty()) {
            return Cell.Identity.UNKNOWN;
        }
        return started.get()
                .map(version ->
                        version.workload(workload.id())
                                .filter(workload::startsLike)
                                .map(_ -> Cell.Identity.CURRENT)
                                .orElse(Cell.Identity.OTHER))
                .orElse(Cell.Identity.CURRENT);
    }
}
