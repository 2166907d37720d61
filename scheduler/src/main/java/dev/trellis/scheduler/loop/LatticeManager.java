package dev.trellis.scheduler.loop;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.DeployPlan;
import dev.trellis.scheduler.decide.Explanation;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.Adoption;
import dev.trellis.scheduler.port.CommandBus;
import dev.trellis.scheduler.port.EventSource;
import dev.trellis.scheduler.port.GateAsker;
import dev.trellis.scheduler.port.History;
import dev.trellis.scheduler.port.LatticeOwner;
import dev.trellis.scheduler.port.LatticeQueries;
import dev.trellis.scheduler.port.Lattices;
import dev.trellis.scheduler.port.Leases;
import dev.trellis.scheduler.port.Passive;
import dev.trellis.scheduler.port.StatusSink;
import dev.trellis.scheduler.port.WantedStore;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageApproval;
import dev.trellis.scheduler.step.Input;
import dev.trellis.scheduler.step.LatticeCore;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import dev.trellis.scheduler.wanted.Owned;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a loop for each lattice that this process owns, and contends for all that it knows. What the
 * store says is handed to the loops as it comes, and whole to one that starts.
 */
public final class LatticeManager implements LatticeOwner, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LatticeManager.class);

    /** Replay and a ping round take 3 s at most, the answers about configs no longer. */
    private static final Duration CERTAIN_WITHIN = Duration.ofSeconds(6);

    private static final Duration LOOK = Duration.ofMillis(50);

    /** A loop comes round every second; one that has not for so long waits for what never comes. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(1);

    private static final AppRecord.Hold WHILE_PASSIVE =
            new AppRecord.Hold("trellis", Instant.EPOCH, "passive: a wadm answers for the lattice");

    private final LoopSettings settings;
    private final EventSource events;
    private final CommandBus commands;
    private final LatticeQueries queries;
    private final Lattices lattices;
    private final Leases leases;
    private final WantedStore store;
    private final StatusSink statuses;
    private final History history;
    private final Passive passive;
    private final GateAsker gates;
    private final MeterRegistry meters;
    private final LoopMetrics metrics;
    private final Object guard = new Object();

    /** Held while a loop begins or ends; taken before {@link #guard}. */
    private final Object owning = new Object();

    private final Map<LatticeName, Stored> stored = new TreeMap<>();
    private final Map<LatticeName, Running> running = new ConcurrentHashMap<>();
    private final Set<LatticeName> known = new ConcurrentSkipListSet<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean storeCaughtUp;
    private boolean active;
    private volatile EventSource.Subscription watch = () -> {};

    /** What the store said of one lattice so far. */
    private static final class Stored {
        private final Map<AppName, AppRecord> apps = new TreeMap<>();
        private final Map<AppName, Input.OwnedStored> owned = new TreeMap<>();
        private final Map<HostId, Input.HostMarked> marks = new TreeMap<>();
        private final Map<AppName, Input.RolloutStored> rollouts = new TreeMap<>();
        private final Map<List<Object>, Input.ApprovalStored> approvals = new HashMap<>();
        private LatticeLimits limits = LatticeLimits.NONE;
    }

    private record Running(LatticeLoop loop, EventSource.Subscription events) {}

    /**
     * Joins the ports.
     *
     * @param passive while it says so, every lattice is held: observed, and nothing sent
     */
    public LatticeManager(
            LoopSettings settings,
            EventSource events,
            CommandBus commands,
            LatticeQueries queries,
            Lattices lattices,
            Leases leases,
            WantedStore store,
            StatusSink statuses,
            History history,
            Passive passive,
            MeterRegistry meters) {
        this(
                settings,
                events,
                commands,
                queries,
                lattices,
                leases,
                store,
                statuses,
                history,
                passive,
                GateAsker.NONE,
                meters);
    }

    /** One that can ask the gates of rollouts. */
    public LatticeManager(
            LoopSettings settings,
            EventSource events,
            CommandBus commands,
            LatticeQueries queries,
            Lattices lattices,
            Leases leases,
            WantedStore store,
            StatusSink statuses,
            History history,
            Passive passive,
            GateAsker gates,
            MeterRegistry meters) {
        this.settings = settings;
        this.events = events;
        this.commands = commands;
        this.queries = queries;
        this.lattices = lattices;
        this.leases = leases;
        this.store = store;
        this.statuses = statuses;
        this.history = history;
        this.passive = passive;
        this.gates = gates;
        this.meters = meters;
        this.metrics = new LoopMetrics(meters);
    }

    /** Begins to watch the store and to contend; returns at once. */
    public void start() {
        passive.whenActive(this::activate);
        watch = store.watch(new Watcher());
        var _ = Thread.ofVirtual().name("lattice-discovery").start(this::discover);
    }

    private void activate() {
        synchronized (guard) {
            active = true;
            running.keySet().forEach(l -> tell(l, new Input.LimitsStored(effective(l))));
        }
    }

    /** What is stored, and for as long as this process is passive a hold of its own. */
    private LatticeLimits effective(LatticeName lattice) {
        var known = stored.get(lattice);
        var limits = known == null ? LatticeLimits.NONE : known.limits;
        return active ? limits : limits.withHold(Optional.of(WHILE_PASSIVE));
    }

    private void discover() {
        try {
            do {
                lookAround();
            } while (!closing.await(settings.discovery().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAround() {
        try {
            reviveDead();
            lattices.seen().forEach(this::contend);
            metrics.show(readings());
        } catch (RuntimeException wrong) {
            // Our own code is wrong: what was not looked at now is looked at next time.
            log.atError().log("look for lattices failed", wrong);
        }
    }

    /** What the dead loop knew is gone; another rebuilds it from the store and the stream. */
    private void reviveDead() {
        for (var entry : List.copyOf(running.entrySet())) {
            if (entry.getValue().loop().isDead()) {
                log.atError().addKeyValue("lattice", entry.getKey()).log("loop ended, begun anew");
                synchronized (owning) {
                    if (entry.getValue().equals(running.get(entry.getKey()))) {
                        disown(entry.getKey());
                        own(entry.getKey());
                    }
                }
            }
        }
    }

    private List<LoopMetrics.Reading> readings() {
        var readings = new ArrayList<LoopMetrics.Reading>();
        for (var lattice : owned()) {
            var apps = ask(lattice, LatticeCore::statuses);
            overview(lattice)
                    .ifPresent(overview ->
                            readings.add(
                                    new LoopMetrics.Reading(
                                            lattice, overview, apps.orElse(List.of()))));
        }
        return readings;
    }

    private void contend(LatticeName lattice) {
        if (!known.add(lattice)) {
            return;
        }
        log.atInfo().addKeyValue("lattice", lattice).log("lattice found");
        leases.contend(
                lattice,
                new Leases.Listener() {
                    @Override
                    public void acquired() {
                        synchronized (owning) {
                            own(lattice);
                        }
                    }

                    @Override
                    public void lost() {
                        synchronized (owning) {
                            disown(lattice);
                        }
                    }
                });
    }

    private void own(LatticeName lattice) {
        log.atInfo().addKeyValue("lattice", lattice).log("lattice owned");
        var mailbox = new Mailbox(settings.mailbox());
        var turns =
                Timer.builder("trellis.turn")
                        .description("time of one turn of a lattice's loop")
                        .publishPercentileHistogram()
                        .register(meters);
        var loop =
                new LatticeLoop(
                        lattice,
                        new LatticeCore(settings.core(), store.manager()),
                        mailbox,
                        new Effects(
                                lattice,
                                commands,
                                queries,
                                store,
                                statuses,
                                app -> newestOwned(lattice, app),
                                gates,
                                new RolloutNotes(lattice, history, meters, InstantSource.system()),
                                mailbox),
                        new TurnHistory(lattice, history),
                        new LatticeClock(InstantSource.system(), System::nanoTime),
                        turns);
        synchronized (guard) {
            var before = stored.getOrDefault(lattice, new Stored());
            before.apps.values().forEach(app -> loop.answer(new Input.AppStored(app)));
            before.owned.values().forEach(loop::answer);
            before.marks.values().forEach(loop::answer);
            before.rollouts.values().forEach(loop::answer);
            before.approvals.values().forEach(loop::answer);
            loop.answer(new Input.LimitsStored(effective(lattice)));
            if (storeCaughtUp) {
                loop.answer(new Input.StoreCaughtUp());
            }
            loop.start();
            running.put(lattice, new Running(loop, events.follow(lattice, loop)));
        }
    }

    private Optional<Input.OwnedStored> newestOwned(LatticeName lattice, AppName app) {
        synchronized (guard) {
            return Optional.ofNullable(stored.get(lattice)).map(known -> known.owned.get(app));
        }
    }

    private void disown(LatticeName lattice) {
        var was = running.remove(lattice);
        if (was != null) {
            log.atInfo().addKeyValue("lattice", lattice).log("lattice given up");
            was.loop().stop();
            was.events().close();
        }
    }

    @Override
    public Set<LatticeName> owned() {
        return new TreeSet<>(running.keySet());
    }

    @Override
    public Set<LatticeName> stuck() {
        var stuck = new TreeSet<LatticeName>();
        running.forEach((lattice, r) -> {
            if (r.loop().silence().compareTo(STUCK_AFTER) > 0) {
                stuck.add(lattice);
            }
        });
        return stuck;
    }

    @Override
    public Set<LatticeName> known() {
        return new TreeSet<>(known);
    }

    @Override
    public Optional<Overview> overview(LatticeName lattice) {
        return Optional.ofNullable(running.get(lattice))
                .flatMap(r -> r.loop().ask(core -> core.overview(r.loop().lag())));
    }

    @Override
    public Optional<Optional<AppStatus>> status(LatticeName lattice, AppName app) {
        return ask(lattice, core -> core.status(app));
    }

    @Override
    public Optional<Set<Integer>> running(LatticeName lattice, AppName app) {
        return ask(lattice, core -> core.running(app)).flatMap(known -> known);
    }

    @Override
    public Optional<Adoption> adoption(LatticeName lattice, List<Adoption.Candidate> apps) {
        long end = System.nanoTime() + CERTAIN_WITHIN.toNanos();
        while (true) {
            var found =
                    ask(
                            lattice,
                            core ->
                                    core.adoption(
                                            apps,
                                            names ->
                                                    tell(lattice, new Input.ConfigsWanted(names))));
            boolean over = System.nanoTime() > end || !pause();
            if (over || found.isEmpty() || found.get().certain()) {
                return found;
            }
        }
    }

    private boolean pause() {
        try {
            return !closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Optional<Optional<Explanation>> explain(
            LatticeName lattice, AppName app, Optional<HostId> host) {
        return ask(lattice, core -> core.explain(app, host));
    }

    @Override
    public Optional<DeployPlan> plan(LatticeName lattice, AppName app, Candidate candidate) {
        return ask(lattice, core -> core.plan(lattice, app, candidate)).flatMap(plan -> plan);
    }

    @Override
    public Optional<Optional<DeployPlan>> planRebalance(LatticeName lattice, AppName app) {
        return ask(lattice, core -> core.planRebalance(app));
    }

    @Override
    public Optional<Boolean> rebalance(LatticeName lattice, AppName app) {
        var known = ask(lattice, core -> core.isDeployed(app));
        if (known.equals(Optional.of(true))) {
            tell(lattice, new Input.Rebalance(app));
        }
        return known;
    }

    @Override
    public Optional<List<HostView>> hosts(LatticeName lattice) {
        return ask(lattice, LatticeCore::hosts);
    }

    private <T> Optional<T> ask(LatticeName lattice, Function<LatticeCore, T> question) {
        return Optional.ofNullable(running.get(lattice)).flatMap(r -> r.loop().ask(question));
    }

    /** Gives up all lattices at once, so that another process takes over without waiting. */
    @Override
    public void close() {
        closing.countDown();
        watch.close();
        for (var lattice : new ArrayList<>(running.keySet())) {
            synchronized (owning) {
                disown(lattice);
            }
            leases.release(lattice);
        }
        leases.close();
    }

    private void tell(LatticeName lattice, Input input) {
        var owner = running.get(lattice);
        if (owner != null) {
            owner.loop().answer(input);
        }
    }

    private final class Watcher implements WantedStore.Watcher {
        @Override
        public void app(AppRecord app) {
            synchronized (guard) {
                of(app.lattice()).apps.put(app.name(), app);
                tell(app.lattice(), new Input.AppStored(app));
            }
            contend(app.lattice());
        }

        @Override
        public void appRemoved(LatticeName lattice, AppName app) {
            synchronized (guard) {
                of(lattice).apps.remove(app);
                tell(lattice, new Input.AppRemoved(app));
            }
        }

        @Override
        public void owned(LatticeName lattice, AppName app, Owned owned, long revision) {
            var input = new Input.OwnedStored(app, owned, revision);
            synchronized (guard) {
                of(lattice).owned.put(app, input);
                tell(lattice, input);
            }
            contend(lattice);
        }

        @Override
        public void rollout(
                LatticeName lattice, AppName app, Optional<RolloutRecord> rollout, long revision) {
            var input = new Input.RolloutStored(app, rollout, revision);
            synchronized (guard) {
                if (rollout.isPresent()) {
                    of(lattice).rollouts.put(app, input);
                } else {
                    of(lattice).rollouts.remove(app);
                }
                tell(lattice, input);
            }
        }

        @Override
        public void approval(
                LatticeName lattice,
                AppName app,
                String rollout,
                int stage,
                Optional<StageApproval> approval) {
            var input = new Input.ApprovalStored(app, rollout, stage, approval);
            List<Object> key = List.of(app, rollout, stage);
            synchronized (guard) {
                if (approval.isPresent()) {
                    of(lattice).approvals.put(key, input);
                } else {
                    of(lattice).approvals.remove(key);
                }
                tell(lattice, input);
            }
        }

        @Override
        public void limits(LatticeName lattice, LatticeLimits limits) {
            synchronized (guard) {
                of(lattice).limits = limits;
                tell(lattice, new Input.LimitsStored(effective(lattice)));
            }
        }

        @Override
        public void hostMark(
                LatticeName lattice, HostId host, Optional<HostMark> mark, long revision) {
            var input = new Input.HostMarked(host, mark, revision);
            synchronized (guard) {
                if (mark.isPresent()) {
                    of(lattice).marks.put(host, input);
                } else {
                    of(lattice).marks.remove(host);
                }
                tell(lattice, input);
            }
        }

        @Override
        public void caughtUp() {
            synchronized (guard) {
                storeCaughtUp = true;
                running.keySet().forEach(l -> tell(l, new Input.StoreCaughtUp()));
            }
        }

        private Stored of(LatticeName lattice) {
            return stored.computeIfAbsent(lattice, _ -> new Stored());
        }
    }
}
