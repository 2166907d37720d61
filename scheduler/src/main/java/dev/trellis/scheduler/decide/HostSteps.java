package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What each host of one app is told next. On a host a link's target starts before its source and
 * stops after it. A host moves to another version by stop, seen stopped, start (never by scaling,
 * trap 4), and only while fewer hosts than the budget are away. Example: 30 hosts, 25 %: budget 7;
 * with 2 hosts not serving and 3 in transition, 2 more may begin.
 */
final class HostSteps {
    private final WantedApp app;
    private final Situation situation;
    private final Predicate<Workload> ready;
    private final Targets targets;
    private final Predicate<HostId> released;
    private final SortedMap<HostId, List<Cell>> byHost = new TreeMap<>();
    private final Map<WorkloadId, WorkloadPlan> plans = new HashMap<>();
    private final Map<WorkloadId, Set<WorkloadId>> startsAfter;
    private final Map<WorkloadId, Additions> additions = new HashMap<>();
    private final Budget budget;
    private final Drift drift;
    private final List<Step> steps = new ArrayList<>();
    private int toMove;

    /**
     * Looks at what is placed.
     *
     * @param ready whether the configs and links that a workload starts with are there
     * @param released hosts that a rollout lets move what it covers
     */
    HostSteps(
            WantedApp app,
            Situation situation,
            List<WorkloadPlan> workloads,
            AppMemory memory,
            Predicate<Workload> ready,
            Targets targets,
            Predicate<HostId> released) {
        this.drift =
                new Drift(
                        memory,
                        cell ->
                                targets.version(cell.host(), cell.workload().id())
                                        .map(WantedApp::label)
                                        .orElse(""),
                        situation.now());
        this.app = app;
        this.situation = situation;
        this.ready = ready;
        this.targets = targets;
        this.released = released;
        this.startsAfter = StartOrder.of(app.workloads());
        for (var plan : workloads) {
            plans.put(plan.workload().id(), plan);
            for (var cell : plan.cells()) {
                byHost.computeIfAbsent(cell.host(), _ -> new ArrayList<>()).add(cell);
            }
        }
        byHost.forEach((_, cells) -> {
            if (cells.stream().anyMatch(Cell::needsMove)) {
                toMove++;
            }
        });
        budget = new Budget(app, situation, byHost.size(), Budget.away(workloads));
    }

    private WorkloadPlan planOf(Workload workload) {
        return Objects.requireNonNull(plans.get(workload.id()));
    }

    int hosts() {
        return byHost.size();
    }

    /** Hosts that still run something of another version. */
    int toMove() {
        return toMove;
    }

    /** Hosts not serving and hosts in transition, together. */
    int away() {
        return budget.away().size();
    }

    int budget() {
        return budget.most();
    }

    /** Hosts not serving or in transition, those that these steps disturb included. */
    Set<HostId> disturbed() {
        return budget.away();
    }

    List<Step> steps() {
        byHost.forEach(this::onHost);
        return steps;
    }

    private void onHost(HostId host, List<Cell> cells) {
        if (situation.suspect().test(host)) {
            return;
        }
        boolean moving = cells.stream().anyMatch(this::movesFreely) && mayMove(host, cells);
        boolean staged = released.test(host) && isReadyToMove(cells);
        for (var cell : cells) {
            if (drift.waits(cell)
                    || planOf(cell.workload()).held().isPresent()
                    || cell.sent().isPresent()
                    || backsOff(cell)) {
                continue;
            }
            if (cell.needsStart() && mayStart(cell, cells)) {
                add(cell);
            } else if (cell.needsMove()
                    && (targets.decides(cell.workload().id()) ? staged : moving)
                    && mayStop(cell, cells)) {
                stop(cell, "Upgrade");
            } else if (cell.needsCount()) {
                change(cell);
            } else if (cell.needsStop() && mayStop(cell, cells)) {
                remove(cell);
            }
        }
    }

    /** When something that others keep changing may be put right. */
    Instant nextCorrection() {
        return drift.next();
    }

    /** Needs a move that no rollout decides. */
    private boolean movesFreely(Cell cell) {
        return cell.needsMove() && !targets.decides(cell.workload().id());
    }

    private boolean isReadyToMove(List<Cell> cells) {
        return cells.stream()
                .filter(Cell::needsMove)
                .noneMatch(c -> backsOff(c) || !ready.test(c.workload()));
    }

    /** A host already away needs no further place; nor does one where nothing serves. */
    private boolean mayMove(HostId host, List<Cell> cells) {
        if (!isReadyToMove(cells)) {
            return false;
        }
        return cells.stream().noneMatch(Cell::serves) || budget.disturb(host);
    }

    /** Stops and counts name the reference that runs, starts the one that is wanted. */
    private boolean backsOff(Cell cell) {
        var image = cell.seen().map(Running::image).orElse(cell.workload().image());
        return situation
                .failures()
                .of(cell.at(), image)
                .filter(f -> f.nextRetry().isAfter(situation.now()))
                .isPresent();
    }

    private boolean mayStart(Cell cell, List<Cell> onHost) {
        if (!ready.test(cell.workload())) {
            return false;
        }
        var after = startsAfter.getOrDefault(cell.workload().id(), Set.of());
        return onHost.stream()
                .filter(other -> after.contains(other.workload().id()) && other.wanted() > 0)
                .allMatch(other -> other.serves() && other.identity() == Cell.Identity.CURRENT);
    }

    /** What calls it here, and is itself on its way out, goes first. */
    private boolean mayStop(Cell cell, List<Cell> onHost) {
        return onHost.stream()
                .filter(other ->
                        startsAfter
                                .getOrDefault(other.workload().id(), Set.of())
                                .contains(cell.workload().id()))
                .noneMatch(other ->
                        other.seen().isPresent() && (other.wanted() == 0 || other.needsMove()));
    }

    private Additions additions(Workload workload) {
        return additions.computeIfAbsent(
                workload.id(), _ -> new Additions(planOf(workload), situation));
    }

    /** Starts as many as fit beside what has not left yet. */
    private void add(Cell cell) {
        int count = additions(cell.workload()).take(cell);
        if (count > 0) {
            start(cell, count);
        }
    }

    private void change(Cell cell) {
        if (cell.wanted() < cell.running()) {
            remove(cell);
            return;
        }
        int more = additions(cell.workload()).take(cell);
        if (more > 0) {
            count(cell, cell.running() + more);
        }
    }

    /**
     * Adds before it removes: what nothing forces off a host goes once as many serve elsewhere.
     * Only where a limit leaves no room for that, one goes first.
     */
    private void remove(Cell cell) {
        if (cell.forced().isPresent()) {
            reduce(cell, cell.wanted(), cell.forced().get());
            return;
        }
        var those = additions(cell.workload());
        if (cell.workload().daemon() || those.isServedWithout(cell)) {
            if (!cell.leaving() || budget.disturb(cell.host())) {
                those.gone(cell, cell.wanted());
                reduce(cell, cell.wanted(), cell.leaving() ? "Move" : "Surplus");
            }
        } else if (those.mustGoFirst(cell) && budget.disturb(cell.host())) {
            those.gone(cell, cell.running() - 1);
            reduce(cell, cell.running() - 1, "Move");
        }
    }

    private void reduce(Cell cell, int to, String reason) {
        if (to == 0) {
            stop(cell, reason);
        } else {
            count(cell, to);
        }
    }

    private SortedMap<String, String> annotations(Cell cell, String spread) {
        var workload = cell.workload();
        var version = targets.version(cell.host(), workload.id()).orElse(app);
        var annotations = Annotations.of(situation.manager(), version, workload, spread);
        if (targets.covers(workload.id())) {
            annotations.put(Annotations.ROLLOUT_REVISION, targets.revision(version));
        }
        return annotations;
    }

    private void start(Cell cell, int count) {
        var workload = cell.workload();
        var spread = planOf(workload).spreadOn(cell.host());
        var annotations = annotations(cell, spread);
        steps.add(
                new Step(
                        workload.kind() == WorkloadKind.PROVIDER
                                ? new Command.StartProvider(
                                        cell.host(),
                                        workload.id(),
                                        workload.image(),
                                        annotations,
                                        workload.config())
                                : new Command.Scale(
                                        cell.host(),
                                        workload.id(),
                                        workload.image(),
                                        count,
                                        annotations,
                                        workload.config()),
                        "Missing"));
    }

    private void stop(Cell cell, String reason) {
        steps.add(new Step(stopOf(cell.host(), cell.workload().id(), running(cell)), reason));
    }

    /** The reference that runs is the one to name: the host fetches it before it stops. */
    static Command stopOf(HostId host, WorkloadId id, Running running) {
        return running.kind() == WorkloadKind.PROVIDER
                ? new Command.StopProvider(host, id)
                : new Command.Scale(host, id, running.image(), 0, running.annotations(), List.of());
    }

    /**
     * Repeats what the running version says, or the host would record what it does not run: what
     * counts as current was started with this very config.
     */
    private void count(Cell cell, int count) {
        var running = running(cell);
        var workload = cell.workload();
        var annotations =
                Annotations.version(running).isPresent()
                        ? running.annotations()
                        : annotations(cell, planOf(workload).spreadOn(cell.host()));
        steps.add(
                new Step(
                        new Command.Scale(
                                cell.host(),
                                workload.id(),
                                running.image(),
                                count,
                                annotations,
                                workload.config()),
                        "Count"));
    }

    private static Running running(Cell cell) {
        Optional<Running> seen = cell.seen();
        return seen.orElseThrow();
    }
}
