package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The status of a deployed app, from the same look that decided what to send. */
final class StatusBuilder {
    private final WantedApp app;
    private final Situation situation;
    private final List<WorkloadPlan> workloads;
    private final Wires wires;
    private final HostSteps hosts;
    private final Conditions conditions;
    private final List<String> failed = new ArrayList<>();
    private final List<String> pending = new ArrayList<>();

    StatusBuilder(
            WantedApp app,
            Situation situation,
            List<WorkloadPlan> workloads,
            Wires wires,
            HostSteps hosts,
            AppMemory memory) {
        this.app = app;
        this.situation = situation;
        this.conditions = new Conditions(app, situation, memory, workloads, hosts);
        this.workloads = workloads;
        this.wires = wires;
        this.hosts = hosts;
    }

    AppStatus build(Optional<String> claimedBy, boolean settled, boolean done) {
        claimedBy.ifPresent(other -> failed.add("app " + other + " has the same id or link"));
        failed.addAll(app.missing());
        wires.absentExternal().forEach(name -> failed.add("config " + name + " does not exist"));
        situationOfLinks();
        workloads.forEach(this::judge);
        int ill = workloads.stream().mapToInt(this::unhealthy).sum();
        var phase = phase(settled, done, ill);
        return new AppStatus(
                app.app(),
                Optional.of(app.record().uid()),
                phase,
                message(phase, settled, ill),
                Optional.of(app.version().version()),
                Optional.of(app.record().latest().version()),
                conditions.all(claimedBy, done),
                workloads.stream().map(this::component).toList(),
                app.links().stream().map(this::link).toList(),
                configs(),
                upgrade(),
                hostEntries());
    }

    private Phase phase(boolean settled, boolean done, int ill) {
        if (settled && situation.view().hosts().isEmpty()) {
            return Phase.WAITING;
        }
        if (settled && !failed.isEmpty()) {
            return Phase.FAILED;
        }
        if (!settled || !done) {
            return Phase.RECONCILING;
        }
        return ill > 0 ? Phase.UNHEALTHY : Phase.DEPLOYED;
    }

    private String message(Phase phase, boolean settled, int ill) {
        return switch (phase) {
            case WAITING -> "the lattice has no hosts";
            case FAILED -> String.join("; ", failed);
            case UNHEALTHY -> ill + " provider(s) report ill health";
            case DEPLOYED, UNDEPLOYED -> "";
            case RECONCILING -> {
                if (!settled) {
                    yield "the connection to NATS is in doubt; the lattice is held as it is";
                }
                yield pending.isEmpty()
                        ? "configs and links are being put"
                        : String.join("; ", pending);
            }
        };
    }

    private void situationOfLinks() {
        for (var link : app.links()) {
            if (wires.isPresent(link)) {
                continue; // a put whose answer was lost has worked all the same
            }
            situation
                    .wires()
                    .of(WireKey.link(link.source()), "")
                    .ifPresent(f -> failed.add("link from " + link.source() + ": " + f.error()));
        }
        for (var config : app.configs().keySet()) {
            if (wires.isPresent(config)) {
                continue;
            }
            situation
                    .wires()
                    .of(WireKey.config(config), "")
                    .ifPresent(f -> failed.add("config " + config + ": " + f.error()));
        }
    }

    private void judge(WorkloadPlan plan) {
        var name = plan.workload().name();
        plan.held().ifPresent(why -> pending.add(name + ": " + why));
        if (plan.held().isEmpty() && plan.unplaced() > 0) {
            failed.add(unplaced(plan));
        }
        lastError(plan)
                .ifPresent(e ->
                        failed.add(
                                name
                                        + " on "
                                        + e.host().map(h -> h.value()).orElse("?")
                                        + ": "
                                        + e.message()));
        long left = plan.cells().stream().filter(c -> !c.isDone()).count();
        if (left > 0) {
            pending.add(name + ": " + left + " host(s) to change");
        }
    }

    private String unplaced(WorkloadPlan plan) {
        var text = Conditions.shortage(plan, situation);
        return plan.foreign().isEmpty()
                ? text
                : text
                        + ", another manager or app runs the id on "
                        + plan.foreign().size()
                        + " host(s), such as "
                        + plan.foreign().getFirst();
    }

    private Optional<AppStatus.LastError> lastError(WorkloadPlan plan) {
        if (situation.failures().isEmpty()) {
            return Optional.empty();
        }
        AppStatus.LastError last = null;
        for (var cell : plan.cells()) {
            if (cell.isDone()) {
                continue; // done after its deadline, or by another hand
            }
            var failure = situation.failures().of(cell.at(), plan.workload().image());
            if (failure.isPresent() && (last == null || failure.get().count() > last.count())) {
                var f = failure.get();
                last =
                        new AppStatus.LastError(
                                f.error(),
                                Optional.of(cell.host()),
                                f.count(),
                                f.first(),
                                f.last(),
                                Optional.of(f.nextRetry()));
            }
        }
        return Optional.ofNullable(last);
    }

    private int unhealthy(WorkloadPlan plan) {
        if (plan.workload().kind() == WorkloadKind.COMPONENT) {
            return 0;
        }
        return (int)
                plan.cells().stream()
                        .filter(c -> situation.view().isUnhealthy(c.host(), c.workload().id()))
                        .count();
    }

    private AppStatus.ComponentStatus component(WorkloadPlan plan) {
        var workload = plan.workload();
        int wanted = plan.unplaced();
        int running = 0;
        Map<String, Integer> versions = new TreeMap<>();
        for (var cell : plan.cells()) {
            int here = cell.seen().map(Running::instances).orElse(0);
            wanted += cell.wanted();
            running += here;
            if (here > 0) {
                versions.merge(version(cell.seen().orElseThrow()), here, Integer::sum);
            }
        }
        var spreads = new ArrayList<AppStatus.SpreadStatus>();
        plan.placement()
                .perSpread()
                .forEach((name, hostsOfSpread) ->
                        spreads.add(
                                new AppStatus.SpreadStatus(
                                        name,
                                        plan.placement().targets().getOrDefault(name, 0),
                                        seenIn(plan, hostsOfSpread))));
        return new AppStatus.ComponentStatus(
                workload.name(),
                workload.id().value(),
                workload.kind() == WorkloadKind.PROVIDER ? "capability" : "component",
                workload.image(),
                wanted,
                running,
                unhealthy(plan),
                versions,
                spreads,
                lastError(plan));
    }

    private static int seenIn(WorkloadPlan plan, Map<String, Integer> hostsOfSpread) {
        int seen = 0;
        for (var cell : plan.cells()) {
            int share = hostsOfSpread.getOrDefault(cell.host().value(), 0);
            seen += Math.min(share, cell.seen().map(Running::instances).orElse(0));
        }
        return seen;
    }

    /** The name of the version that an entry was started by; what is not known is the desired. */
    private String version(Running running) {
        var n = Annotations.versionNumber(running);
        var started =
                n.isPresent() ? app.record().version(n.getAsInt()) : Optional.of(app.version());
        return started.orElse(app.version()).version();
    }

    private AppStatus.LinkStatus link(Link link) {
        return new AppStatus.LinkStatus(
                link.source().value(),
                link.target().value(),
                link.name(),
                link.namespace()
                        + ":"
                        + link.packageName()
                        + "/"
                        + String.join(",", link.interfaces()),
                wires.isPresent(link));
    }

    private List<AppStatus.ConfigStatus> configs() {
        var all = new ArrayList<AppStatus.ConfigStatus>();
        app.configs()
                .keySet()
                .forEach(n -> all.add(new AppStatus.ConfigStatus(n, wires.isPresent(n), true)));
        app.external()
                .forEach(n -> all.add(new AppStatus.ConfigStatus(n, wires.isPresent(n), false)));
        return all;
    }

    private Optional<AppStatus.Upgrade> upgrade() {
        if (hosts.toMove() == 0) {
            return Optional.empty();
        }
        var from =
                workloads.stream()
                        .flatMap(p -> p.cells().stream())
                        .filter(Cell::needsMove)
                        .map(c -> version(c.seen().orElseThrow()))
                        .findFirst()
                        .orElse("");
        return Optional.of(
                new AppStatus.Upgrade(
                        from,
                        app.version().version(),
                        hosts.hosts(),
                        hosts.hosts() - hosts.toMove(),
                        hosts.away(),
                        hosts.budget()));
    }

    private List<AppStatus.HostEntry> hostEntries() {
        var entries = new ArrayList<AppStatus.HostEntry>();
        for (var plan : workloads) {
            for (var cell : plan.cells()) {
                entries.add(
                        new AppStatus.HostEntry(
                                plan.workload().name(),
                                cell.host(),
                                cell.wanted(),
                                cell.seen().map(Running::instances).orElse(0),
                                cell.seen().map(this::version).orElse(""),
                                state(cell)));
            }
        }
        return entries;
    }

    /** The step of the rollout's section 6 that a host is at. */
    private String state(Cell cell) {
        if (cell.sent().isPresent()) {
            return cell.sent().get().count() == 0 ? "Stopping" : "Starting";
        }
        if (cell.isDone()) {
            return "Good";
        }
        if (situation
                .failures()
                .of(cell.at(), cell.workload().image())
                .filter(f -> f.count() >= 3)
                .isPresent()) {
            return "Bad";
        }
        return cell.seen().isEmpty() ? "Stopped" : "Idle";
    }
}
