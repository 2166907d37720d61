package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.AppPlanner;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.At;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.DeployPlan;
import dev.trellis.scheduler.decide.Explanation;
import dev.trellis.scheduler.decide.Moves;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.decide.Situation;
import dev.trellis.scheduler.decide.Step;
import dev.trellis.scheduler.decide.WantedApp;
import dev.trellis.scheduler.decide.WireKey;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.Host;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.Adoption;
import dev.trellis.scheduler.port.LatticeOwner;
import dev.trellis.scheduler.port.LatticeOwner.HostView;
import dev.trellis.scheduler.port.LatticeOwner.Overview;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One lattice, as its owner knows it. A turn folds inputs into what is seen, stored and sent, looks
 * at every app they touch, and returns what is to be done. It belongs to one thread and is a
 * function of its inputs and the times given; it never waits, and an input only ever says "look".
 */
public final class LatticeCore {
    private final CoreSettings settings;
    private final Lattice lattice;
    private final Fold fold;
    private final List<Effect> effects = new ArrayList<>();
    private long suspectsSeen;

    /** {@code manager}: this installation's id. */
    public LatticeCore(CoreSettings settings, String manager) {
        this.settings = settings;
        this.lattice = new Lattice(settings, manager);
        this.fold = new Fold(lattice, effects);
    }

    /**
     * Takes a turn.
     *
     * @param inputs in the order in which they came; may be empty
     * @param now never earlier than in the turn before
     * @return what to do, in this order
     */
    public List<Effect> turn(List<? extends Input> inputs, Instant now) {
        return turn(inputs, now, false);
    }

    /**
     * Takes a turn while more inputs wait. Then nobody is judged by silence: the answer may be
     * among them.
     */
    public List<Effect> turn(List<? extends Input> inputs, Instant now, boolean moreWaits) {
        effects.clear();
        lattice.begin(now);
        inputs.forEach(fold::apply);
        if (!moreWaits) {
            expire();
            live();
        }
        dropMarks();
        settle();
        markTouched();
        look();
        return List.copyOf(effects);
    }

    /** When to take the next turn at the latest, though nothing comes in. */
    public Instant nextWake() {
        var next = Instant.MAX;
        for (var due :
                List.of(
                        lattice.liveness.nextDue(),
                        lattice.settling.nextDue(),
                        lattice.inFlight.nextDeadline(),
                        lattice.marks.nextDue(),
                        lattice.nextRetry)) {
            next = due.isBefore(next) ? due : next;
        }
        return next;
    }

    private void expire() {
        for (var sent : lattice.inFlight.expired(lattice.now)) {
            var command = sent.command();
            fold.failed(sent, "no outcome within " + settings.startDeadline().toSeconds() + " s");
            fold.askInventory(command.host());
            lattice.dirty.add(sent.app());
        }
        lattice.busyWires.values().removeIf(deadline -> !deadline.isAfter(lattice.now));
        if (!lattice.nextRetry.isAfter(lattice.now)) {
            lattice.dirty.addAll(lattice.apps.keySet());
        }
    }

    private void dropMarks() {
        for (var drop : lattice.marks.due(lattice.view.hosts().keySet(), lattice.now)) {
            effects.add(drop);
        }
    }

    private void live() {
        if (lattice.now.isBefore(lattice.liveness.nextDue())) {
            return;
        }
        var hosts = List.copyOf(lattice.view.hosts().keySet());
        boolean doubted = lattice.liveness.inDoubt();
        var due = lattice.liveness.due(hosts, hosts.size(), lattice.inFlight::any, lattice.now);
        if (due.ping()) {
            lattice.nobody = false;
            effects.add(new Effect.Ping());
            lattice.settling.pinged(lattice.now);
        }
        due.ask().forEach(fold::askInventory);
        due.gone().forEach(fold::gone);
        if (doubted != lattice.liveness.inDoubt()) {
            lattice.dirty.addAll(lattice.apps.keySet());
        }
    }

    private void settle() {
        var hosts = lattice.view.hosts().keySet();
        if (!lattice.settling.isSettled()
                && lattice.settling.settles(everyoneAnswered(), lattice.nobody, lattice.now)) {
            lattice.dirty.addAll(lattice.apps.keySet());
            List.copyOf(hosts).stream()
                    .filter(host -> !lattice.verified.contains(host))
                    .forEach(fold::askInventory);
        }
        if (lattice.settling.isSettled() && !lattice.view.linksKnown() && !hosts.isEmpty()) {
            fold.askLinks();
        }
    }

    private boolean everyoneAnswered() {
        var hosts = lattice.view.hosts().keySet();
        return !hosts.isEmpty()
                && hosts.containsAll(lattice.marks.all().keySet())
                && hosts.stream().allMatch(lattice.liveness::answered);
    }

    private void markTouched() {
        var changes = lattice.view.changes();
        boolean suspectsChanged = suspectsSeen != lattice.liveness.suspectsVersion();
        suspectsSeen = lattice.liveness.suspectsVersion();
        if (changes.hostsChanged() || changes.linksChanged() || suspectsChanged) {
            lattice.dirty.addAll(lattice.apps.keySet());
        }
        var wants = lattice.wants();
        changes.touchedWorkloads().forEach(id -> lattice.dirty.addAll(wants.interestedIn(id)));
        changes.touchedConfigs().forEach(name -> lattice.dirty.addAll(wants.interestedIn(name)));
        changes.clear();
    }

    private void look() {
        if (!lattice.settling.isSettled()) {
            return;
        }
        if (!lattice.dirty.isEmpty()) {
            for (var app : inOrder(lattice.dirty)) {
                look(app);
            }
            lattice.dirty.clear();
        }
        lattice.nextRetry =
                earliest(
                        lattice.failures.nextRetry(lattice.now),
                        lattice.wires.nextRetry(lattice.now),
                        lattice.asks.nextDue(lattice.now),
                        lattice.unreadEnds(),
                        lattice.apps.values().stream()
                                .map(app -> app.wakeAt)
                                .filter(at -> at.isAfter(lattice.now))
                                .min(Instant::compareTo)
                                .orElse(Instant.MAX),
                        lattice.busyWires.values().stream()
                                .min(Instant::compareTo)
                                .orElse(Instant.MAX));
    }

    /** The oldest first, and whoever wants what one of them may leave. */
    private List<App> inOrder(Set<AppName> names) {
        var all = new TreeSet<>(names);
        if (!lattice.exclusives().isEmpty()) {
            names.forEach(name -> all.addAll(lattice.exclusives().rivals(name)));
        }
        return lattice.wants().oldestFirst().stream()
                .filter(app -> all.contains(app.name))
                .toList();
    }

    private static Instant earliest(Instant... times) {
        return Collections.min(List.of(times));
    }

    private void look(App app) {
        var situation = lattice.situation();
        boolean held = lattice.isHeld(app) || lattice.liveness.inDoubt();
        var wanted = app.wanted();
        if (wanted.isPresent()) {
            lookDeployed(app, wanted.get(), situation, held);
        } else if (app.record().isEmpty() || app.record().get().deployed().isEmpty()) {
            RolloutLook.end(app, lattice, effects);
            lattice.away.forget(app.name);
            app.wakeAt = Instant.MAX;
            if (isOrphaned(app)) {
                letGo(app);
            } else {
                remove(app, situation, held);
            }
            app.record().ifPresent(record -> publish(app, undeployed(app, record)));
            if (app.isNothing()) {
                lattice.apps.remove(app.name);
            }
        }
        for (int n : app.takeToAsk()) {
            app.record().ifPresent(r -> effects.add(new Effect.ReadRevision(app.name, r.uid(), n)));
        }
    }

    private void lookDeployed(App app, WantedApp wanted, Situation situation, boolean held) {
        var rollout = new RolloutLook(app, wanted, lattice, effects);
        rollout.begin();
        if (rollout.isWaiting()) {
            return;
        }
        var claimed = lattice.wants().claimedFrom(app);
        var plan =
                AppPlanner.plan(
                        wanted,
                        situation,
                        app.memory(),
                        app,
                        claimed,
                        !lattice.liveness.inDoubt(),
                        moves(app, held),
                        rollout.course());
        lattice.away.set(app.name, plan.away());
        app.wakeAt = earliest(plan.wakeAt(), rollout.wakeAt());
        plan.ask().forEach(fold::askConfig);
        if (!held
                && (!plan.steps().isEmpty() || (app.isAdopted() && claimed.isEmpty()))
                && isWrittenDown(app, app.puts())) {
            plan.steps().forEach(step -> send(app, step));
        }
        if (plan.settledDown()) {
            remove(app, situation, held);
        }
        var status = RolloutStatus.of(plan.status(), wanted, app.rolling.record());
        publish(app, lattice.isHeld(app) ? withHold(app, status) : status);
        var record = wanted.record();
        if (status.phase() == Phase.DEPLOYED && !record.lastGood().equals(record.deployed())) {
            effects.add(new Effect.NoteGood(app.name, record.uid(), wanted.version().n()));
        }
    }

    private static Moves moves(App app, boolean held) {
        if (held) {
            return Moves.NONE;
        }
        boolean once = app.rebalance;
        app.rebalance = false;
        return once ? Moves.ONCE : Moves.BY_RULE;
    }

    /** Ownership is written down before anything is put. */
    private boolean isWrittenDown(App app, Owned puts) {
        if (app.writingOwned) {
            return false; // what is being written may lack what is now wanted again
        }
        var union = app.owned.and(puts);
        if (union.equals(app.owned)) {
            return true;
        }
        writeOwned(app, union);
        return false;
    }

    private void writeOwned(App app, Owned owned) {
        if (!app.writingOwned) {
            app.writingOwned = true;
            effects.add(new Effect.WriteOwned(app.name, owned, app.ownedRevision));
        }
    }

    private static boolean isOrphaned(App app) {
        return app.record().filter(AppRecord::orphaned).isPresent();
    }

    /** What it put is left as it is and belongs to nobody from now on. */
    private void letGo(App app) {
        if (!app.owned.isEmpty()) {
            writeOwned(app, Owned.NOTHING);
        }
    }

    private void remove(App app, Situation situation, boolean held) {
        app.hasLeftovers = !app.owned.lists(app.puts());
        if (app.owned.isEmpty() || held || !lattice.wants().isComplete()) {
            return;
        }
        var removal = AppPlanner.removal(app.name, app.owned, lattice.wants(), situation);
        removal.ask().forEach(fold::askConfig);
        removal.steps().forEach(step -> send(app, step));
        if (!removal.rest().equals(app.owned) && removal.steps().isEmpty()) {
            writeOwned(app, removal.rest());
        }
    }

    private void send(App app, Step step) {
        switch (step.command()) {
            case Command.OnHost command -> {
                if (!lattice.verified.contains(command.host())) {
                    fold.askInventory(command.host());
                    return; // its answer makes the app look again
                }
                lattice.touched(command.host());
                app.memory().sent(new At(command.host(), command.id()), lattice.now);
                lattice.inFlight.add(
                        app.name, command, lattice.now, lattice.now.plus(settings.startDeadline()));
            }
            case Command.PutConfig(var name, _) -> lattice.busy(WireKey.config(name));
            case Command.DeleteConfig(var name) -> lattice.busy(WireKey.config(name));
            case Command.PutLink(var link) -> lattice.busy(WireKey.link(link.source()));
            case Command.DeleteLink(var key) -> lattice.busy(WireKey.link(key.source()));
        }
        effects.add(new Effect.Send(app.name, step.command(), step.reason()));
    }

    private AppStatus undeployed(App app, AppRecord record) {
        boolean removed = app.owned.isEmpty();
        var reason = !removed ? "Removing" : record.orphaned() ? "Orphaned" : "NothingLeft";
        var before =
                Optional.ofNullable(app.published)
                        .filter(s -> s.phase() == Phase.UNDEPLOYED)
                        .flatMap(s -> s.conditions().stream().findFirst())
                        .filter(c -> c.reason().equals(reason));
        var message =
                switch (reason) {
                    case "Removing" -> "what the app owns is still to be seen gone";
                    case "Orphaned" -> "what it ran was left running and belongs to no app";
                    default -> "";
                };
        var condition =
                before.orElseGet(() ->
                        new AppStatus.Condition(
                                "Removed",
                                removed ? "True" : "False",
                                reason,
                                message,
                                lattice.now,
                                Optional.empty()));
        return new AppStatus(
                app.name,
                Optional.of(record.uid()),
                Phase.UNDEPLOYED,
                condition.message(),
                Optional.empty(),
                Optional.of(record.latest().version()),
                List.of(condition),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private AppStatus withHold(App app, AppStatus status) {
        var hold = lattice.holdOf(app).orElseThrow();
        var conditions = new ArrayList<>(status.conditions());
        conditions.add(
                new AppStatus.Condition(
                        "Held",
                        "True",
                        "Hold",
                        "held by "
                                + hold.by()
                                + (hold.reason().isEmpty() ? "" : ": " + hold.reason()),
                        hold.at(),
                        Optional.empty()));
        return status.withConditions(conditions);
    }

    /** What has not changed keeps the time of its last transition. */
    private static AppStatus since(@Nullable AppStatus before, AppStatus status) {
        if (before == null) {
            return status;
        }
        return status.withConditions(
                status.conditions().stream()
                        .map(condition ->
                                before.conditions().stream()
                                        .filter(condition::continues)
                                        .findFirst()
                                        .map(was -> condition.since(was.lastTransition()))
                                        .orElse(condition))
                        .toList());
    }

    private void publish(App app, AppStatus latest) {
        var status = since(app.published, latest);
        if (!status.equals(app.published)) {
            app.published = status;
            effects.add(new Effect.Publish(status));
        }
    }

    /** The last status of an app; empty when the app is unknown or not looked at yet. */
    public Optional<AppStatus> status(AppName name) {
        return Optional.ofNullable(lattice.apps.get(name))
                .flatMap(app -> Optional.ofNullable(app.published));
    }

    /** All apps' last statuses, by name. */
    public List<AppStatus> statuses() {
        var all = new ArrayList<AppStatus>();
        for (var app : lattice.apps.values()) {
            if (app.published != null) {
                all.add(app.published);
            }
        }
        return all;
    }

    /** The lattice in numbers. */
    public Overview overview(Duration eventLag) {
        return new Views(lattice).overview(eventLag);
    }

    /**
     * What the lattice holds of apps that are to be taken over from wadm.
     *
     * @param unread is given the configs that have to be read before it is certain
     */
    public Adoption adoption(List<Adoption.Candidate> apps, Consumer<Set<String>> unread) {
        var adoptions = new Adoptions(lattice, apps);
        var found = adoptions.look();
        unread.accept(adoptions.unread());
        return found;
    }

    /** Numbers of the versions of an app that hosts say they run; empty while that is not known. */
    public Optional<Set<Integer>> running(AppName name) {
        boolean known =
                lattice.settling.isSettled()
                        && !lattice.liveness.inDoubt()
                        && lattice.view.hosts().values().stream().allMatch(Host::known);
        return known ? Optional.of(new Views(lattice).running(name)) : Optional.empty();
    }

    /** Live and suspect hosts, by id. */
    public List<HostView> hosts() {
        return new Views(lattice).hosts();
    }

    /** Why an app's instances are where they are; empty when it is not deployed or not read. */
    public Optional<Explanation> explain(AppName name, Optional<HostId> host) {
        return wantedOf(name)
                .map(wanted -> lattice.rehearsals().explain(lattice.app(name), wanted, host));
    }

    /**
     * What deploying a version would send now; changes nothing. Empty while a shared app that it
     * uses is still being read.
     */
    public Optional<DeployPlan> plan(
            LatticeName in, AppName name, LatticeOwner.Candidate candidate) {
        return lattice.rehearsals().deploy(in, name, candidate);
    }

    /** What evening out an app would send now; changes nothing. */
    public Optional<DeployPlan> planRebalance(AppName name) {
        return wantedOf(name)
                .map(wanted -> lattice.rehearsals().rebalance(lattice.app(name), wanted));
    }

    public boolean isDeployed(AppName name) {
        return Optional.ofNullable(lattice.apps.get(name))
                .flatMap(App::record)
                .filter(record -> record.deployed().isPresent())
                .isPresent();
    }

    private Optional<WantedApp> wantedOf(AppName name) {
        return Optional.ofNullable(lattice.apps.get(name)).flatMap(App::wanted);
    }

    /** Hosts that are known now; for tests and metrics. */
    public Set<HostId> hostIds() {
        return Collections.unmodifiableSet(lattice.view.hosts().keySet());
    }
}
