package dev.trellis.scheduler.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.CommandBus.Answer;
import dev.trellis.scheduler.port.LatticeQueries.Pong;
import dev.trellis.scheduler.port.LatticeQueries.Reply;
import dev.trellis.scheduler.rollout.Intent;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageApproval;
import dev.trellis.scheduler.rollout.Verb;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A lattice in memory: hosts, links, configs, a store and an event stream, on a virtual clock. It
 * drives one core turn by turn, in an order that its seed decides, and checks at each command what
 * must never happen. Events of one host keep their order, as the stream keeps it; answers to
 * questions travel beside them.
 */
final class World {
    static final String MANAGER = "manager-1";
    static final LatticeName LATTICE = new LatticeName("default");
    private static final Duration REPLAY = Duration.ofSeconds(70);
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    /** A command, when it was sent and why. */
    record Sent(Instant at, Command command, String reason) {}

    private record Task(Instant at, long order, Runnable work) {}

    private record Published(Instant at, LatticeEvent event) {}

    /** {@code unseen}: how many of a hundred events are lost, or come twice. */
    record Faults(int lost, int twice, int unanswered, int unread) {
        static final Faults NONE = new Faults(0, 0, 0, 0);
    }

    final TreeMap<HostId, FakeHost> hosts = new TreeMap<>();
    final List<Link> links = new ArrayList<>();
    final TreeMap<String, SortedMap<String, String>> configs = new TreeMap<>();
    final Map<AppName, AppRecord> records = new TreeMap<>();
    final Map<AppName, Map<Integer, Manifest>> manifests = new HashMap<>();
    final Map<AppName, Owned> owned = new TreeMap<>();
    final Map<AppName, Long> ownedRevisions = new HashMap<>();
    final Map<AppName, RolloutRecord> rollouts = new TreeMap<>();
    final Map<AppName, Long> rolloutRevisions = new HashMap<>();
    final Map<List<Object>, StageApproval> approvals = new HashMap<>();
    final List<Effect.AskGate> questions = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    final Set<String> badImages = new HashSet<>();
    final Map<AppName, List<AppStatus>> statuses = new TreeMap<>();
    Faults faults = Faults.NONE;
    boolean linksUnanswered;
    boolean configsUnanswered;
    int startMillis = 300;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    LatticeCore core;

    private final Random random;
    private final String manager;
    private final List<Runnable> watching = new ArrayList<>();
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::order));
    private final List<Published> stream = new ArrayList<>();
    private final List<Input> inbox = new ArrayList<>();
    private final Map<HostId, Instant> lastDelivery = new HashMap<>();
    private final Map<List<Object>, Instant> executing = new HashMap<>();

    /** What an owner had in flight when it ended: the next one can't know of it. */
    private final Set<List<Object>> disturbed = new HashSet<>();

    private final Map<HostId, Input.HostMarked> marks = new TreeMap<>();
    private LatticeLimits limits = LatticeLimits.NONE;
    private long order;
    private long revision = 10;
    private int generation;
    private boolean connected = true;

    World(long seed) {
        this(seed, MANAGER);
    }

    World(long seed, String manager) {
        random = new Random(seed);
        this.manager = manager;
        core = new LatticeCore(CoreSettings.DEFAULTS, manager);
    }

    // What a test does to the world

    @CanIgnoreReturnValue
    FakeHost host(String id) {
        return host(id, Map.of());
    }

    @CanIgnoreReturnValue
    FakeHost host(String id, Map<String, String> labels) {
        var host = new FakeHost(id, labels, now);
        hosts.put(host.id, host);
        publish(new LatticeEvent.HostStarted(host.id, "friendly-" + id, "1.9.2", host.labels));
        heartbeats(host);
        return host;
    }

    /** The process is gone without a word. */
    void crash(String id) {
        executing.keySet().removeIf(at -> at.getFirst().equals(new HostId(id)));
        hosts.remove(new HostId(id));
    }

    void stopHost(String id) {
        hosts.remove(new HostId(id));
        publish(new LatticeEvent.HostStopped(new HostId(id)));
    }

    /** Its subscriptions stay and nothing is answered. */
    void hang(String id, boolean hung) {
        Objects.requireNonNull(hosts.get(new HostId(id))).hung = hung;
    }

    void deploy(Manifest manifest) {
        var name = new AppName(manifest.name());
        var before = records.get(name);
        int n = before == null ? 1 : before.latest().n() + 1;
        manifests.computeIfAbsent(name, _ -> new HashMap<>()).put(n, manifest);
        var versions = new ArrayList<AppRecord.Version>();
        if (before != null) {
            versions.addAll(before.versions());
        }
        versions.add(new AppRecord.Version(n, "v" + n, "hash" + n, now, "test"));
        var good = before == null ? OptionalInt.empty() : before.lastGood();
        store(deployed(record(name, before, versions, OptionalInt.of(n), good)));
    }

    /** A version that is stored already becomes the desired one. */
    void redeploy(String app, int n) {
        var name = new AppName(app);
        var b = Objects.requireNonNull(records.get(name));
        store(deployed(record(name, b, b.versions(), OptionalInt.of(n), b.lastGood())));
    }

    private static AppRecord deployed(AppRecord record) {
        return record.withDeploys(record.deploys() + 1);
    }

    /** Somebody appends a verb to the rollout record. */
    void say(String app, Verb verb, String reason) {
        var name = new AppName(app);
        var intent =
                new Intent(
                        "i" + revision,
                        verb,
                        false,
                        Optional.empty(),
                        false,
                        "somebody",
                        now,
                        reason,
                        Optional.empty());
        storeRollout(name, rollout(app).withIntent(intent));
    }

    void approve(String app, int stage) {
        var approval = new StageApproval("somebody", now, "");
        var id = rollout(app).id();
        approvals.put(List.of(new AppName(app), id, stage), approval);
        input(10, new Input.ApprovalStored(new AppName(app), id, stage, Optional.of(approval)));
    }

    RolloutRecord rollout(String app) {
        return Objects.requireNonNull(rollouts.get(new AppName(app)));
    }

    private void storeRollout(AppName app, RolloutRecord rollout) {
        long written = revision++;
        rollouts.put(app, rollout);
        rolloutRevisions.put(app, written);
        input(10, new Input.RolloutStored(app, Optional.of(rollout), written));
    }

    /** Stored as a version of its own; what is deployed stays so. */
    void put(Manifest manifest) {
        var name = new AppName(manifest.name());
        var before = Objects.requireNonNull(records.get(name));
        int n = before.latest().n() + 1;
        manifests.computeIfAbsent(name, _ -> new HashMap<>()).put(n, manifest);
        var versions = new ArrayList<AppRecord.Version>(before.versions());
        versions.add(new AppRecord.Version(n, "v" + n, "hash" + n, now, "test"));
        store(record(name, before, versions, before.deployed(), before.lastGood()));
    }

    /** Looks at the world after everything that happens in it. */
    void watch(Runnable look) {
        watching.add(look);
    }

    void undeploy(String app) {
        var name = new AppName(app);
        var before = Objects.requireNonNull(records.get(name));
        store(record(name, before, before.versions(), OptionalInt.empty(), before.lastGood()));
    }

    /** Undeployed, and what it runs is left running. */
    void orphan(String app) {
        var name = new AppName(app);
        var b = Objects.requireNonNull(records.get(name));
        store(
                new AppRecord(
                        LATTICE,
                        name,
                        b.uid(),
                        revision++,
                        b.versions(),
                        OptionalInt.empty(),
                        b.lastGood(),
                        b.goodBefore(),
                        b.restarts(),
                        List.of(),
                        Optional.empty(),
                        true,
                        b.adopted(),
                        b.deploys()));
    }

    /** A record that is stored nowhere yet. */
    static AppRecord candidate(String app) {
        var version = new AppRecord.Version(1, "v1", "hash1", Instant.EPOCH, "import");
        return new AppRecord(
                LATTICE,
                new AppName(app),
                "uid-" + app,
                0,
                List.of(version),
                OptionalInt.of(1),
                OptionalInt.of(1),
                OptionalInt.empty(),
                new TreeMap<>(),
                List.of(),
                Optional.empty());
    }

    /** As an import stores it: desired, known to be good, and adopted. */
    void adopt(Manifest manifest) {
        var name = new AppName(manifest.name());
        manifests.computeIfAbsent(name, _ -> new HashMap<>()).put(1, manifest);
        var version = new AppRecord.Version(1, "v1", "hash1", now, "import");
        var r = record(name, null, List.of(version), OptionalInt.of(1), OptionalInt.of(1));
        store(
                new AppRecord(
                        LATTICE,
                        name,
                        r.uid(),
                        r.revision(),
                        r.versions(),
                        r.deployed(),
                        r.lastGood(),
                        r.goodBefore(),
                        r.restarts(),
                        r.rejected(),
                        r.hold(),
                        false,
                        true));
    }

    void restart(String app) {
        var name = new AppName(app);
        var b = Objects.requireNonNull(records.get(name));
        var restarts = new TreeMap<>(b.restarts());
        restarts.merge(b.deployed().getAsInt(), 1, Integer::sum);
        store(
                new AppRecord(
                        LATTICE,
                        name,
                        b.uid(),
                        revision++,
                        b.versions(),
                        b.deployed(),
                        b.lastGood(),
                        b.goodBefore(),
                        restarts,
                        b.rejected(),
                        Optional.empty(),
                        false,
                        b.adopted(),
                        b.deploys() + 1));
    }

    void delete(String app) {
        var name = new AppName(app);
        records.remove(name);
        manifests.remove(name);
        input(10, new Input.AppRemoved(name));
    }

    void hold(boolean held) {
        limit(
                limits.withHold(
                        held
                                ? Optional.of(new AppRecord.Hold("somebody", now, "because"))
                                : Optional.empty()));
    }

    void limit(LatticeLimits other) {
        limits = other;
        input(0, new Input.LimitsStored(limits));
    }

    /** What a person asks of a host; empty: it is in use again. */
    void mark(String host, Optional<HostMark> mark) {
        var input = new Input.HostMarked(new HostId(host), mark, mark.isPresent() ? revision++ : 0);
        if (mark.isPresent()) {
            marks.put(input.host(), input);
        } else {
            marks.remove(input.host());
        }
        input(0, input);
    }

    void disconnect() {
        connected = false;
        input(0, new Input.Disconnected());
    }

    void reconnect() {
        connected = true;
        input(0, new Input.Reconnected());
    }

    /** The owner's process ends; another one begins with the store and a replay. */
    void restartCore() {
        generation++;
        disturbed.addAll(executing.keySet());
        executing.clear();
        inbox.clear();
        core = new LatticeCore(CoreSettings.DEFAULTS, manager);
        begin();
    }

    /** The core is told what is stored and what is in the stream. */
    void begin() {
        records.values().forEach(record -> input(1, new Input.AppStored(record)));
        owned.forEach((app, things) ->
                input(1, new Input.OwnedStored(app, things, ownedRevisions.getOrDefault(app, 0L))));
        input(0, new Input.LimitsStored(limits));
        marks.values().forEach(mark -> input(1, mark));
        rollouts.forEach((app, rollout) ->
                input(
                        1,
                        new Input.RolloutStored(
                                app,
                                Optional.of(rollout),
                                rolloutRevisions.getOrDefault(app, 0L))));
        approvals.forEach((key, approval) ->
                input(
                        1,
                        new Input.ApprovalStored(
                                (AppName) key.get(0),
                                (String) key.get(1),
                                (Integer) key.get(2),
                                Optional.of(approval))));
        input(1, new Input.StoreCaughtUp());
        for (var published : stream) {
            if (published.at().isAfter(now.minus(REPLAY))) {
                input(2, new Input.Event(published.event(), published.at()));
            }
        }
        input(2, new Input.EventsCaughtUp());
    }

    void publish(LatticeEvent event) {
        stream.add(new Published(now, event));
        if (hits(faults.lost())) {
            return;
        }
        deliver(event);
        if (hits(faults.twice())) {
            deliver(event);
        }
    }

    /** Events of one host keep their order; those of different hosts overtake each other. */
    private void deliver(LatticeEvent event) {
        var source = source(event);
        var at = now.plusMillis(1 + random.nextInt(40));
        var last = lastDelivery.getOrDefault(source, Instant.MIN);
        var then = last.isAfter(at) ? last : at;
        lastDelivery.put(source, then);
        int mine = generation;
        var serverTime = now;
        task(then, () -> hand(mine, new Input.Event(event, serverTime)));
    }

    private void hand(int mine, Input input) {
        if (mine != generation) {
            return;
        }
        if (!connected && input instanceof Input.Event) {
            task(now.plusMillis(50), () -> hand(mine, input));
        } else {
            inbox.add(input);
        }
    }

    private static HostId source(LatticeEvent event) {
        return switch (event) {
            case LatticeEvent.HostStarted e -> e.host();
            case LatticeEvent.HostStopped e -> e.host();
            case LatticeEvent.HostHeartbeat e -> e.inventory().host();
            case LatticeEvent.LabelsChanged e -> e.host();
            case LatticeEvent.ComponentScaled e -> e.host();
            case LatticeEvent.ProviderStarted e -> e.host();
            case LatticeEvent.ProviderStopped e -> e.host();
            case LatticeEvent.StartFailed e -> e.host();
            case LatticeEvent.ProviderHealth e -> e.host();
            case LatticeEvent.LinkSet _,
                    LatticeEvent.LinkDeleted _,
                    LatticeEvent.ConfigSet _,
                    LatticeEvent.ConfigDeleted _ ->
                    new HostId("wires");
        };
    }

    // Time

    void run(Duration time) {
        var end = now.plus(time);
        int idle = 0;
        while (true) {
            var next = core.nextWake();
            if (!tasks.isEmpty() && tasks.peek().at().isBefore(next)) {
                next = tasks.peek().at();
            }
            if (next.isAfter(end)) {
                now = end;
                return;
            }
            now = next.isAfter(now) ? next : now;
            while (!tasks.isEmpty() && !tasks.peek().at().isAfter(now)) {
                tasks.poll().work().run();
                watching.forEach(Runnable::run);
            }
            idle = inbox.isEmpty() && !core.nextWake().isAfter(now) ? idle + 1 : 0;
            assertThat(idle)
                    .as(() ->
                            "turns at "
                                    + now
                                    + " that change nothing; wake "
                                    + core.nextWake()
                                    + describe())
                    .isLessThan(20);
            turn();
        }
    }

    private void turn() {
        var inputs = List.copyOf(inbox);
        inbox.clear();
        var todo = core.turn(inputs, now);
        effects.addAll(todo);
        todo.forEach(this::perform);
    }

    /** Runs until every app is Deployed (or Undeployed with nothing left), at most so long. */
    void converge(Duration atMost) {
        var end = now.plus(atMost);
        while (!isDone() && now.isBefore(end)) {
            run(Duration.ofMillis(500));
        }
        assertThat(isDone()).as(() -> "converged: " + describe()).isTrue();
    }

    private boolean isDone() {
        for (var record : records.values()) {
            var status = core.status(record.name());
            if (record.deployed().isPresent()
                    ? status.filter(s -> s.phase() == Phase.DEPLOYED).isEmpty()
                    : owned.containsKey(record.name())) {
                return false;
            }
        }
        return records.keySet().containsAll(owned.keySet());
    }

    String describe() {
        var text = new StringBuilder("at " + now + "\n");
        for (var status : core.statuses()) {
            text.append(status.app() + " " + status.phase() + " " + status.message() + "\n");
            status.hosts().forEach(h -> text.append(h).append('\n'));
        }
        hosts.values()
                .forEach(h ->
                        h.entries.forEach((id, e) ->
                                text.append(h.id + (h.hung ? " hung " : " "))
                                        .append(id + " " + e.bytes() + " x")
                                        .append(e.running().instances())
                                        .append(
                                                " v"
                                                        + e.running()
                                                                .annotations()
                                                                .get("trellis/version"))
                                        .append(" " + e.config() + "\n")));
        sent.stream()
                .skip(Math.max(0, sent.size() - 15))
                .forEach(s -> text.append(s.at() + " " + s.reason() + " " + s.command() + "\n"));
        effects.stream()
                .filter(e -> !(e instanceof Effect.Ping) && !(e instanceof Effect.Publish))
                .toList()
                .reversed()
                .stream()
                .limit(40)
                .forEach(e -> text.append(e + "\n"));
        return text.toString();
    }

    AppStatus status(String app) {
        return core.status(new AppName(app)).orElseThrow();
    }

    int instances(String id) {
        return hosts.values().stream().mapToInt(h -> h.instances(new WorkloadId(id))).sum();
    }

    boolean hits(int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }

    // What the core asked for

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Ping() -> ping();
            case Effect.AskInventory(var id) -> inventory(id);
            case Effect.AskLinks() -> {
                if (linksUnanswered) {
                    input(2000, new Input.LinksAnswer(new Reply.Silent<>("timeout")));
                } else if (anyHost()) {
                    later(10, () -> input(10, new Input.LinksAnswer(found(List.copyOf(links)))));
                } else {
                    input(20, new Input.LinksAnswer(new Reply.NoResponders<>()));
                }
            }
            case Effect.AskConfig(var name) -> config(name);
            case Effect.ReadRevision(var app, var uid, var n) -> {
                if (hits(faults.unread())) {
                    input(10, new Input.RevisionUnread(app, uid, n));
                } else {
                    var known = manifests.getOrDefault(app, Map.of()).get(n);
                    input(10, new Input.RevisionRead(app, uid, n, Optional.ofNullable(known)));
                }
            }
            case Effect.WriteOwned write -> later(5, () -> writeOwned(write));
            case Effect.Send(_, var command, var reason) -> send(command, reason);
            case Effect.DropMark(var host, _) ->
                    later(5, () -> mark(host.value(), Optional.empty()));
            case Effect.NoteGood(var app, var uid, var n) -> later(5, () -> noteGood(app, uid, n));
            case Effect.WriteRollout write -> later(5, () -> writeRollout(write));
            case Effect.Reject(var app, var uid, var n) -> later(5, () -> reject(app, uid, n));
            case Effect.Restore(var app, var uid, var from, var to) ->
                    later(5, () -> restore(app, uid, from, to));
            case Effect.AskGate gate -> questions.add(gate);
            case Effect.NoteRollout(_, _, var note) -> notes.add(note.what());
            case Effect.Publish(var status) ->
                    statuses.computeIfAbsent(status.app(), _ -> new ArrayList<>()).add(status);
        }
    }

    private void ping() {
        if (!connected) {
            return;
        }
        for (var host : hosts.values()) {
            if (!host.hung && !host.deafToPings && !hits(faults.unanswered())) {
                var pong =
                        new Pong(
                                host.id,
                                "friendly-" + host.id,
                                "1.9.2",
                                Duration.between(host.started, now).toSeconds(),
                                host.labels);
                input(5 + random.nextInt(30), new Input.Ponged(pong));
            }
        }
        if (hosts.isEmpty()) {
            input(5, new Input.NobodyAnswers());
        }
    }

    private void inventory(HostId id) {
        var host = hosts.get(id);
        if (host == null && connected) {
            input(5, new Input.InventoryAnswer(id, new Reply.NoResponders<>()));
        } else if (host == null || !connected || host.hung || hits(faults.unanswered())) {
            input(2000, new Input.InventoryAnswer(id, new Reply.Silent<>("timeout")));
        } else {
            later(
                    1 + random.nextInt(20),
                    () -> {
                        Reply<HostInventory> reply = new Reply.Found<>(host.inventory(now));
                        input(1 + random.nextInt(60), new Input.InventoryAnswer(id, reply));
                    });
        }
    }

    private void config(String name) {
        if (configsUnanswered) {
            input(20, new Input.ConfigAnswer(name, new Reply.Silent<>("failed to get config")));
            return;
        }
        if (!connected || !anyHost()) {
            input(20, new Input.ConfigAnswer(name, new Reply.NoResponders<>()));
            return;
        }
        later(
                5,
                () -> {
                    var values = configs.get(name);
                    Reply<SortedMap<String, String>> reply =
                            values == null ? new Reply.Absent<>() : new Reply.Found<>(values);
                    input(5, new Input.ConfigAnswer(name, reply));
                });
    }

    private boolean anyHost() {
        return connected && hosts.values().stream().anyMatch(host -> !host.hung);
    }

    private void writeOwned(Effect.WriteOwned write) {
        var app = write.app();
        if (write.expected() != ownedRevisions.getOrDefault(app, 0L) || hits(faults.unread())) {
            input(5, new Input.OwnedNotWritten(app));
            return;
        }
        long written = revision++;
        if (write.owned().isEmpty()) {
            owned.remove(app);
            ownedRevisions.remove(app);
            written = 0;
        } else {
            owned.put(app, write.owned());
            ownedRevisions.put(app, written);
        }
        var stored = new Input.OwnedStored(app, write.owned(), written);
        input(5, stored);
        input(5 + 20, stored); // and by the watch, in order
    }

    private void writeRollout(Effect.WriteRollout write) {
        var app = write.app();
        if (write.expected() != rolloutRevisions.getOrDefault(app, 0L) || hits(faults.unread())) {
            input(5, new Input.RolloutNotWritten(app));
            return;
        }
        if (write.rollout().isEmpty()) {
            rollouts.remove(app);
            rolloutRevisions.remove(app);
            input(5, new Input.RolloutStored(app, Optional.empty(), 0));
            return;
        }
        long written = revision++;
        rollouts.put(app, write.rollout().get());
        rolloutRevisions.put(app, written);
        var stored = new Input.RolloutStored(app, write.rollout(), written);
        input(5, stored);
        input(5 + 20, stored); // and by the watch, in order
    }

    private void reject(AppName app, String uid, int n) {
        var r = records.get(app);
        if (r == null || !r.uid().equals(uid)) {
            return;
        }
        var rejected = new ArrayList<>(r.rejected());
        rejected.add(r.version(n).orElseThrow().hash());
        store(with(r, r.deployed(), rejected));
    }

    private void restore(AppName app, String uid, int from, int to) {
        var r = records.get(app);
        if (r != null && r.uid().equals(uid) && r.deployed().equals(OptionalInt.of(from))) {
            store(with(r, OptionalInt.of(to), r.rejected()));
        }
    }

    private AppRecord with(AppRecord r, OptionalInt deployed, List<String> rejected) {
        return new AppRecord(
                LATTICE,
                r.name(),
                r.uid(),
                revision++,
                r.versions(),
                deployed,
                r.lastGood(),
                r.goodBefore(),
                r.restarts(),
                rejected,
                r.hold(),
                r.orphaned(),
                r.adopted(),
                r.deploys());
    }

    private void noteGood(AppName app, String uid, int n) {
        var r = records.get(app);
        if (r != null && r.uid().equals(uid) && !r.lastGood().equals(OptionalInt.of(n))) {
            store(record(app, r, r.versions(), r.deployed(), OptionalInt.of(n)));
        }
    }

    private AppRecord record(
            AppName name,
            @Nullable AppRecord before,
            List<AppRecord.Version> versions,
            OptionalInt deployed,
            OptionalInt lastGood) {
        return new AppRecord(
                LATTICE,
                name,
                before == null ? "uid-" + name + revision : before.uid(),
                revision++,
                versions,
                deployed,
                lastGood,
                OptionalInt.empty(),
                before == null ? new TreeMap<>() : before.restarts(),
                before == null ? List.of() : before.rejected(),
                Optional.empty(),
                false,
                before != null && before.adopted(),
                before == null ? 0 : before.deploys());
    }

    private void store(AppRecord record) {
        records.put(record.name(), record);
        input(10, new Input.AppStored(record));
    }

    private void send(Command command, String reason) {
        check(command);
        sent.add(new Sent(now, command, reason));
        int mine = generation;
        switch (command) {
            case Command.OnHost onHost -> {
                List<Object> at = List.of(onHost.host(), onHost.id());
                var until = executing.get(at);
                assertThat(until == null || !until.isAfter(now) || disturbed.contains(at))
                        .as("one command at a time: " + command + "\n" + describe())
                        .isTrue();
                executing.put(at, now.plus(CoreSettings.DEFAULTS.startDeadline()));
                later(1 + random.nextInt(20), () -> arrive(mine, onHost));
            }
            case Command.PutConfig _,
                    Command.DeleteConfig _,
                    Command.PutLink _,
                    Command.DeleteLink _ ->
                    later(
                            1 + random.nextInt(20),
                            () -> {
                                if (mine == generation) { // else it was lost with its owner
                                    wire(command);
                                }
                            });
        }
    }

    private void arrive(int mine, Command.OnHost command) {
        var host = hosts.get(command.host());
        List<Object> at = List.of(command.host(), command.id());
        if (host == null) {
            executing.remove(at);
            answer(command, new Answer.NoResponders());
            return;
        }
        if (host.hung) {
            answer(command, new Answer.Unanswered());
            return;
        }
        if (!(command instanceof Command.StopProvider)
                && !(command instanceof Command.StartProvider)) {
            answer(command, new Answer.Accepted(""));
        }
        later(20 + random.nextInt(startMillis), () -> execute(mine, host, command));
    }

    private void execute(int mine, FakeHost host, Command.OnHost command) {
        if (mine == generation) {
            executing.remove(List.of(command.host(), command.id()));
        }
        if (!host.equals(hosts.get(host.id)) || host.hung) {
            return;
        }
        switch (command) {
            case Command.Scale scale -> {
                var there = host.entries.get(scale.id());
                if (scale.count() > 0) {
                    assertThat(there == null || there.bytes().equals(scale.image()))
                            .as("another reference onto an occupied host: " + scale)
                            .isTrue();
                    assertThat(configs.keySet())
                            .as("configs of " + scale)
                            .containsAll(scale.config());
                } else if (there != null) {
                    assertOurs(there.running(), command);
                }
                host.scale(scale, configs.keySet(), badImages).forEach(this::publish);
            }
            case Command.StartProvider start -> {
                assertThat(configs.keySet()).as("configs of " + start).containsAll(start.config());
                var event = host.start(start, configs.keySet(), badImages);
                answer(
                        command,
                        event.isPresent()
                                ? new Answer.Accepted("successfully started provider")
                                : new Answer.Refused("provider with that ID is already running"));
                event.ifPresent(this::publish);
            }
            case Command.StopProvider stop -> {
                var there = host.entries.get(stop.id());
                if (there != null) {
                    assertOurs(there.running(), command);
                }
                var event = host.stop(stop);
                event.ifPresent(this::publish);
                answer(
                        command,
                        event.isPresent()
                                ? new Answer.Accepted("successfully stopped provider")
                                : new Answer.Refused("provider with that ID is not running"));
            }
        }
    }

    private void assertOurs(Running running, Command command) {
        var annotations = running.annotations();
        boolean adopted =
                "wadm".equals(annotations.get("wasmcloud.dev/managed-by"))
                        && owned.values().stream().anyMatch(Owned::adopted);
        assertThat(
                        annotations.isEmpty()
                                || adopted
                                || manager.equals(annotations.get("trellis/manager")))
                .as("stops only what is ours: " + command + " hits " + running)
                .isTrue();
    }

    private void answer(Command command, Answer answer) {
        if (!hits(faults.unanswered())) {
            input(1 + random.nextInt(20), new Input.CommandAnswer(command, answer));
        } else {
            input(2000, new Input.CommandAnswer(command, new Answer.Unanswered()));
        }
    }

    private void wire(Command command) {
        if (!anyHost()) {
            answer(command, new Answer.NoResponders());
            return;
        }
        switch (command) {
            case Command.PutConfig(var name, var values) -> {
                configs.put(name, values);
                publish(new LatticeEvent.ConfigSet(name));
                answer(command, new Answer.Accepted(""));
            }
            case Command.DeleteConfig(var name) -> {
                configs.remove(name);
                publish(new LatticeEvent.ConfigDeleted(name));
                answer(command, new Answer.Accepted(""));
            }
            case Command.PutLink(var link) -> answer(command, putLink(link));
            case Command.DeleteLink(var key) -> {
                var found = links.stream().filter(l -> l.key().equals(key)).findFirst();
                found.ifPresent(links::remove);
                publish(new LatticeEvent.LinkDeleted(key, found.map(Link::target)));
                answer(command, new Answer.Accepted(""));
            }
            case Command.OnHost _ -> throw new IllegalArgumentException("not a wire: " + command);
        }
    }

    private Answer putLink(Link link) {
        var named = new ArrayList<>(link.sourceConfig());
        named.addAll(link.targetConfig());
        assertThat(configs.keySet()).as("configs of " + link).containsAll(named);
        boolean conflict =
                links.stream()
                        .anyMatch(l ->
                                l.key().equals(link.key())
                                        && !l.target().equals(link.target())
                                        && l.interfaces().stream()
                                                .anyMatch(link.interfaces()::contains));
        if (conflict) {
            return new Answer.Refused("link already exists with different target");
        }
        links.removeIf(l -> l.key().equals(link.key()) && l.target().equals(link.target()));
        links.add(link);
        publish(new LatticeEvent.LinkSet(link));
        return new Answer.Accepted("");
    }

    /** What must never happen, whatever the world does. */
    private void check(Command command) {
        assertThat(core.overview(Duration.ZERO).settled()).as("settled at " + command).isTrue();
        assertThat(limits.hold()).as("hold at " + command).isEmpty();
        assertThat(connected || !inbox.isEmpty()).as("connected at " + command).isTrue();
        var all = owned.values();
        switch (command) {
            case Command.OnHost on ->
                    assertThat(all)
                            .as("owned at " + command)
                            .anyMatch(o ->
                                    o.components().contains(on.id())
                                            || o.providers().contains(on.id()));
            case Command.PutConfig(var name, _) ->
                    assertThat(all)
                            .as("owned at " + command)
                            .anyMatch(o -> o.configs().contains(name));
            case Command.DeleteConfig(var name) ->
                    assertThat(all)
                            .as("owned at " + command)
                            .anyMatch(o -> o.configs().contains(name));
            case Command.PutLink(var link) ->
                    assertThat(all)
                            .as("owned at " + command)
                            .anyMatch(o -> o.links().contains(link.key()));
            case Command.DeleteLink(var key) ->
                    assertThat(all)
                            .as("owned at " + command)
                            .anyMatch(o -> o.links().contains(key));
        }
    }

    // Clockwork

    private void heartbeats(FakeHost host) {
        later(
                HEARTBEAT.toMillis(),
                () -> {
                    if (host.equals(hosts.get(host.id))) {
                        if (!host.hung && !host.heartbeatTooLarge) {
                            publish(new LatticeEvent.HostHeartbeat(host.inventory(now)));
                        }
                        heartbeats(host);
                    }
                });
    }

    private static <T> Reply<T> found(T value) {
        return new Reply.Found<>(value);
    }

    void input(long millis, Input input) {
        int mine = generation;
        task(now.plusMillis(millis), () -> hand(mine, input));
    }

    void later(long millis, Runnable work) {
        task(now.plusMillis(millis), work);
    }

    private void task(Instant at, Runnable work) {
        tasks.add(new Task(at, order++, work));
    }
}
