package dev.trellis.scheduler.decide;

import dev.trellis.manifest.placement.Preference;
import dev.trellis.scheduler.observe.Host;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.place.HostSlot;
import dev.trellis.scheduler.place.Placement;
import dev.trellis.scheduler.place.Rebalance;
import dev.trellis.scheduler.place.Shortage;
import dev.trellis.scheduler.place.SpreadRule;
import dev.trellis.scheduler.rollout.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Places the workloads of one app: components first, then providers, last those that have to stand
 * beside a component (spec of placement, 4). What nothing forces is decided only while the app may
 * be disturbed.
 */
final class Placer {
    private static final int NO_CAP = Integer.MAX_VALUE;

    /** Host label: most instances of one component there. */
    private static final String CAP_LABEL = "placement.max-instances";

    private final WantedApp app;
    private final Situation situation;
    private final AppMemory memory;
    private final Revisions revisions;
    private final Targets targets;
    private final Moves moves;
    private final Eligibility eligibility;
    private final Budget budget;
    private final Set<HostId> draining;

    /** Hosts that may still be disturbed once those being emptied have their places. */
    private int free;

    private final Map<Workload, Ground> grounds = new HashMap<>();
    private final Map<Workload, Placement> placed = new HashMap<>();

    /** {@code targets}: which version each host is to run of what a rollout covers. */
    Placer(
            WantedApp app,
            Situation situation,
            AppMemory memory,
            Revisions revisions,
            Moves moves,
            Targets targets) {
        this.app = app;
        this.situation = situation;
        this.memory = memory;
        this.revisions = revisions;
        this.targets = targets;
        this.moves = moves;
        this.eligibility = new Eligibility(app.app(), situation);
        this.budget = Budget.before(app, situation, memory);
        this.free = budget.free();
        this.draining = moves == Moves.NONE ? Set.of() : draining();
    }

    /** In declared order. */
    List<WorkloadPlan> place() {
        order(app).forEach(this::place);
        var plans = new ArrayList<WorkloadPlan>();
        for (var workload : app.workloads()) {
            var ground = Objects.requireNonNull(grounds.get(workload));
            var placement = Objects.requireNonNull(placed.get(workload));
            var leaving = leaving(ground, placement);
            plans.add(new WorkloadPlan(ground, placement, cells(ground, placement, leaving)));
            if (ground.held().isEmpty()) {
                remember(ground, placement, leaving);
            }
        }
        return List.copyOf(plans);
    }

    /** The workloads of an app in the order in which they are placed. */
    static List<Workload> order(WantedApp app) {
        var ordered = new ArrayList<Workload>();
        Predicate<Workload> component = w -> w.kind() == WorkloadKind.COMPONENT;
        app.workloads().stream().filter(component).forEach(ordered::add);
        app.workloads().stream()
                .filter(component.negate().and(w -> w.beside().isEmpty()))
                .forEach(ordered::add);
        app.workloads().stream()
                .filter(component.negate().and(w -> !w.beside().isEmpty()))
                .forEach(ordered::add);
        return ordered;
    }

    /** Hosts that are emptied now: as many as the budget allows, and those where nothing helps. */
    private Set<HostId> draining() {
        var emptied = new TreeSet<HostId>();
        for (var host : new TreeSet<>(situation.marks().keySet())) {
            if (!situation.isDraining(host) || situation.view().host(host).isEmpty()) {
                continue;
            }
            boolean has =
                    app.workloads().stream()
                            .anyMatch(w ->
                                    memory.intended(w.id(), host) > 0
                                            || situation.view().running(host, w.id()).isPresent());
            boolean under = budget.isAway(host) || memory.isLeaving(host);
            if (under || !memory.whatKeeps(host).isEmpty()) {
                emptied.add(host);
            } else if (has && free > 0) {
                free--;
                emptied.add(host);
            }
        }
        return emptied;
    }

    private void place(Workload workload) {
        var ground = ground(workload);
        if (ground.held().isEmpty()
                && !workload.beside().isEmpty()
                && workload.instances() > 0
                && ground.rules().stream().allMatch(rule -> rule.eligible().isEmpty())) {
            ground = bringTargetTo(ground);
        }
        grounds.put(workload, ground);
        placed.put(workload, solve(ground));
    }

    /** Fills a target again, hosts where the provider may run ahead of all others. */
    private Ground bringTargetTo(Ground provider) {
        var may = new HashSet<HostId>();
        for (var host : situation.view().hosts().values()) {
            boolean matches =
                    provider.workload().spreads().stream()
                            .anyMatch(
                                    s -> Eligibility.unmet(provider.workload(), s, host).isEmpty());
            boolean barred =
                    eligibility.isForeign(provider.workload(), host)
                            || eligibility.taken(provider.workload(), host.id()).isPresent();
            if (host.known() && matches && !barred && !situation.isClosed(host.id())) {
                may.add(host.id());
            }
        }
        for (var target : provider.workload().beside()) {
            var own = app.workload(target);
            var before = own.map(grounds::get);
            if (may.isEmpty() || before.isEmpty() || before.get().held().isPresent()) {
                continue;
            }
            var slots =
                    before.get().slots().stream()
                            .map(slot ->
                                    may.contains(new HostId(slot.id())) ? slot.withAhead() : slot)
                            .toList();
            var ahead = before.get().withSlots(slots);
            grounds.put(own.get(), ahead);
            placed.put(own.get(), solve(ahead));
            var again = ground(provider.workload());
            if (again.rules().stream().anyMatch(rule -> !rule.eligible().isEmpty())) {
                return again;
            }
        }
        return provider;
    }

    private Placement solve(Ground ground) {
        var workload = ground.workload();
        if (moves == Moves.ONCE) {
            return ground.solve(memory.order(), Rebalance.ONCE, Integer.MAX_VALUE);
        }
        return ground.solve(memory.order(), Ground.mode(workload), allowedMoves(workload));
    }

    private int allowedMoves(Workload workload) {
        if (moves == Moves.NONE || Ground.isNever(workload)) {
            return 0;
        }
        var rule = workload.rules().rebalance();
        int made = memory.movedWithin(workload.id(), rule.per(), situation.now());
        return Math.max(0, Math.min(rule.maxMoves() - made, free));
    }

    private Ground ground(Workload workload) {
        var slots = new ArrayList<HostSlot>();
        var eligible = new ArrayList<List<String>>();
        workload.spreads().forEach(_ -> eligible.add(new ArrayList<>()));
        var barred = new TreeMap<HostId, String>();
        var foreign = new ArrayList<HostId>();
        var besides = besides(workload);
        boolean unread = false;
        for (var host : situation.view().hosts().values()) {
            if (!host.known()) {
                unread |= situation.unread().test(host.id()) && workload.accepts(host.labels());
                continue;
            }
            var bar = eligibility.barred(workload, host, besides);
            if (bar.isPresent()) {
                barred.put(host.id(), bar.get());
                if (eligibility.isForeign(workload, host)) {
                    foreign.add(host.id());
                }
                continue;
            }
            slots.add(slot(workload, host, besides));
            for (int i = 0; i < eligible.size(); i++) {
                if (Eligibility.unmet(workload, workload.spreads().get(i), host).isEmpty()) {
                    eligible.get(i).add(host.id().value());
                }
            }
        }
        return new Ground(
                workload,
                slots,
                rules(workload, eligible),
                load(workload),
                barred,
                foreign,
                unread ? Optional.of("a host's inventory is not known yet") : Optional.empty());
    }

    private static List<SpreadRule> rules(Workload workload, List<List<String>> eligible) {
        var rules = new ArrayList<SpreadRule>();
        for (int i = 0; i < eligible.size(); i++) {
            var spread = workload.spreads().get(i);
            var bounds = workload.rules().bounds(spread.name());
            rules.add(
                    new SpreadRule(
                            spread.name(),
                            spread.weight(),
                            bounds.min(),
                            bounds.max().orElse(NO_CAP),
                            eligible.get(i)));
        }
        return rules;
    }

    /** Instances of what a workload has to stand beside, by host; hosts without are missing. */
    private Map<HostId, Integer> besides(Workload workload) {
        var besides = new HashMap<HostId, Integer>();
        for (var target : workload.beside()) {
            var placement = app.workload(target).map(placed::get);
            if (placement.isPresent()) {
                placement
                        .get()
                        .perHost()
                        .forEach((host, n) -> besides.merge(new HostId(host), n, Integer::sum));
            } else {
                for (var host : situation.view().hostsRunning(target)) {
                    situation
                            .view()
                            .running(host, target)
                            .ifPresent(r -> besides.merge(host, r.instances(), Integer::sum));
                }
            }
        }
        return besides;
    }

    private HostSlot slot(Workload workload, Host host, Map<HostId, Integer> besides) {
        var rules = workload.rules();
        var values = new ArrayList<String>();
        rules.topology().forEach(t -> values.add(host.labels().getOrDefault(t.key(), "")));
        rules.maxPerValue().forEach(l -> values.add(host.labels().getOrDefault(l.key(), "")));
        int prefer =
                workload.beside().isEmpty()
                        ? score(rules.prefer(), host)
                        : besides.getOrDefault(host.id(), 0);
        return new HostSlot(
                host.id().value(),
                cap(workload, host, situation),
                state(host.id()),
                false,
                prefer,
                values);
    }

    private HostSlot.State state(HostId host) {
        if (draining.contains(host)) {
            return HostSlot.State.DRAINING;
        }
        return situation.isClosed(host) ? HostSlot.State.CORDONED : HostSlot.State.OPEN;
    }

    private static int score(List<Preference> preferences, Host host) {
        return preferences.stream()
                .filter(preference -> preference.selector().matches(host.labels()))
                .mapToInt(Preference::weight)
                .sum();
    }

    /** Most instances of one component on the host; the tightest of all limits. */
    static int cap(Workload workload, Host host, Situation situation) {
        int cap = workload.kind() == WorkloadKind.PROVIDER ? 1 : NO_CAP;
        cap = Math.min(cap, workload.rules().maxPerHost().orElse(NO_CAP));
        cap = Math.min(cap, situation.limits().maxPerHost().orElse(NO_CAP));
        return Math.min(cap, capOfLabel(host).orElse(NO_CAP));
    }

    /** The cap that the host's own label sets, if it is a number. */
    static Optional<Integer> capOfLabel(Host host) {
        var label = host.labels().getOrDefault(CAP_LABEL, "");
        return label.matches("[0-9]{1,9}")
                ? Optional.of(Integer.parseInt(label))
                : Optional.empty();
    }

    /**
     * What each host is meant to run now. What was decided before stands, so that a move under way
     * keeps its direction and what somebody changed by hand is put right where it was; only a host
     * that is new brings news.
     */
    private Map<String, Integer> load(Workload workload) {
        var load = new HashMap<String, Integer>();
        var intent = memory.intent(workload.id());
        intent.ifPresent(meant ->
                meant.perHost()
                        .forEach((host, count) -> {
                            if (situation.view().host(new HostId(host)).isPresent()) {
                                load.put(host, count);
                            }
                        }));
        for (var host : situation.view().hostsRunning(workload.id())) {
            boolean decided =
                    intent.filter(meant -> meant.known().contains(host.value())).isPresent();
            if (!decided) {
                situation
                        .view()
                        .running(host, workload.id())
                        .filter(r -> situation.isOurs(app.app(), r))
                        .ifPresent(r -> load.put(host.value(), r.instances()));
            }
        }
        return load;
    }

    /** Hosts that give instances to others, or are being emptied. */
    private Set<String> leaving(Ground ground, Placement placement) {
        var before =
                memory.intent(ground.workload().id())
                        .map(AppMemory.Intent::leaving)
                        .orElse(Set.of());
        boolean gives =
                placement.perHost().entrySet().stream()
                        .anyMatch(e -> e.getValue() > ground.load().getOrDefault(e.getKey(), 0));
        var leaving = new HashSet<String>();
        for (var host : situation.view().hostsRunning(ground.workload().id())) {
            int wanted = placement.perHost().getOrDefault(host.value(), 0);
            int seen =
                    situation
                            .view()
                            .running(host, ground.workload().id())
                            .map(Running::instances)
                            .orElse(0);
            boolean falls = wanted < ground.load().getOrDefault(host.value(), 0);
            if (seen > wanted
                    && (before.contains(host.value())
                            || (falls && (gives || draining.contains(host))))) {
                leaving.add(host.value());
            }
        }
        return leaving;
    }

    private void remember(Ground ground, Placement placement, Set<String> leaving) {
        var id = ground.workload().id();
        var known = HashSet.<String>newHashSet(situation.view().hosts().size());
        for (var host : situation.view().hosts().values()) {
            if (host.known()) {
                known.add(host.id().value());
            }
        }
        memory.intend(id, new AppMemory.Intent(placement.perHost(), known, leaving));
        if (moves == Moves.BY_RULE) {
            memory.moved(id, placement.repairs(), situation.now());
        }
        var stuck = new HashMap<HostId, String>();
        placement
                .stuck()
                .forEach((host, shortage) ->
                        stuck.put(
                                new HostId(host),
                                ground.workload().name()
                                        + ": "
                                        + shortage.missing()
                                        + " fit nowhere else ("
                                        + String.join(", ", binding(ground, shortage))
                                        + ")"));
        memory.stuck(id, stuck);
    }

    private List<String> binding(Ground ground, Shortage shortage) {
        return Limits.binding(ground, shortage, situation);
    }

    private List<Cell> cells(Ground ground, Placement placement, Set<String> leaving) {
        var workload = ground.workload();
        var may = new HashMap<String, Integer>();
        ground.slots().forEach(slot -> may.put(slot.id(), slot.cap()));
        var eligible = new HashSet<String>();
        ground.rules().forEach(rule -> eligible.addAll(rule.eligible()));
        Set<HostId> hosts = new TreeSet<>(situation.view().hostsRunning(workload.id()));
        placement.perHost().keySet().forEach(host -> hosts.add(new HostId(host)));
        var cells = new ArrayList<Cell>(hosts.size());
        for (var host : hosts) {
            var seen = situation.view().running(host, workload.id());
            if (seen.isPresent() && !situation.isOurs(app.app(), seen.get())) {
                continue;
            }
            int cap = may.getOrDefault(host.value(), 0);
            Optional<String> forced =
                    !eligible.contains(host.value())
                            ? Optional.of("NotEligible")
                            : seen.filter(r -> r.instances() > cap).map(_ -> "OverLimit");
            var at = new At(host, workload.id());
            var sent = situation.inFlight().at(host, workload.id());
            if (seen.isEmpty() && sent.isEmpty()) {
                memory.vacated(at);
            }
            var version = targets.version(host, workload.id());
            var meant = version.flatMap(v -> v.workload(workload.id()));
            int placed = placement.perHost().getOrDefault(host.value(), 0);
            cells.add(
                    new Cell(
                            host,
                            meant.orElse(workload),
                            meant.isPresent() ? placed : 0,
                            seen,
                            sent,
                            seen.map(r ->
                                            identity(
                                                    at,
                                                    meant.orElse(workload),
                                                    r,
                                                    version.orElse(app)))
                                    .orElse(Cell.Identity.VACANT),
                            ground.held().isPresent() ? Optional.empty() : forced,
                            leaving.contains(host.value())));
        }
        return cells;
    }

    /**
     * Decided by the annotation and reference that were seen. A person's scale wipes annotations:
     * then by what they were when last seen, or else by the reference alone, unless the version was
     * started anew meanwhile.
     */
    private Cell.Identity identity(At at, Workload workload, Running running, WantedApp version) {
        var seen = Annotations.version(running);
        seen.ifPresent(label -> memory.sawLabel(at, label));
        if (targets.covers(workload.id())) {
            var target = targets.target(at.host());
            if (target == Target.KEEP || targets.isOn(version, workload, running)) {
                return Cell.Identity.CURRENT;
            }
            boolean strict = targets.decides(workload.id()) && target == Target.CANDIDATE;
            if (strict || Annotations.rolloutRevision(running).isPresent()) {
                return Cell.Identity.OTHER; // only its annotation proves a revision
            }
        }
        if (!workload.isImage(running.image())) {
            return Cell.Identity.OTHER;
        }
        var label = seen.or(() -> memory.lastLabel(at));
        if (label.isEmpty()) {
            return version.label().contains(".") ? Cell.Identity.OTHER : Cell.Identity.CURRENT;
        }
        if (label.get().equals(version.label())) {
            return Cell.Identity.CURRENT;
        }
        var n = Annotations.versionNumber(label.get());
        if (n.isEmpty() || version.label().contains(".")) {
            return Cell.Identity.OTHER; // restarted since: only its own label will do
        }
        var started = revisions.at(n.getAsInt());
        if (started.isEmpty()) {
            return Cell.Identity.UNKNOWN;
        }
        return started.get()
                .map(other ->
                        other.workload(workload.id())
                                .filter(workload::startsLike)
                                .map(_ -> Cell.Identity.CURRENT)
                                .orElse(Cell.Identity.OTHER))
                .orElse(Cell.Identity.CURRENT);
    }
}
