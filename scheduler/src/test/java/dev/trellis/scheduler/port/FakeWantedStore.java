package dev.trellis.scheduler.port;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.rollout.FrozenPolicy;
import dev.trellis.scheduler.rollout.Intent;
import dev.trellis.scheduler.rollout.Revision;
import dev.trellis.scheduler.rollout.RolloutExamples;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.Verb;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A store in memory; its watchers are told within the call that changes something. */
public final class FakeWantedStore implements WantedStore {
    private record Key(String kind, LatticeName lattice, String name) {}

    private record Entry(Object value, long revision) {}

    private record Version(LatticeName lattice, AppName app, int n) {}

    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private final Map<Version, Manifest> manifests = new LinkedHashMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private long revision;
    private boolean away;

    /** Whether nothing is answered from now on; watchers are told all the same. */
    public synchronized void away(boolean away) {
        this.away = away;
    }

    /** What is stored as owned; {@link Owned#NOTHING} where nothing is. */
    public synchronized Owned owned(LatticeName lattice, AppName app) {
        var entry = entries.get(key("owned", lattice, app.value()));
        return entry != null && entry.value() instanceof Owned owned ? owned : Owned.NOTHING;
    }

    /**
     * @throws AssertionError when it is not stored
     */
    public synchronized AppRecord appRecord(LatticeName lattice, AppName app) {
        var entry = entries.get(key("app", lattice, app.value()));
        if (entry != null && entry.value() instanceof AppRecord record) {
            return record;
        }
        throw new AssertionError(app + " is not stored");
    }

    /** Another process wrote first, and the watch has not brought it yet. */
    public synchronized void ownedUntold(LatticeName lattice, AppName app, Owned owned) {
        entries.put(key("owned", lattice, app.value()), new Entry(owned, ++revision));
    }

    /** The watch brings what is stored as owned. */
    public synchronized void tellOwned(LatticeName lattice, AppName app) {
        var key = key("owned", lattice, app.value());
        var owned = owned(lattice, app);
        tell(watcher -> watcher.owned(lattice, app, owned, revisionOf(key)));
    }

    /** Stores a record; its own revision is replaced by the store's. */
    public synchronized void app(AppRecord app) {
        var stored = atRevision(app, ++revision, app.lastGood(), app.goodBefore());
        entries.put(key("app", app.lattice(), app.name().value()), new Entry(stored, revision));
        tell(watcher -> watcher.app(stored));
    }

    public synchronized void appRemoved(LatticeName lattice, AppName app) {
        if (entries.remove(key("app", lattice, app.value())) != null) {
            tell(watcher -> watcher.appRemoved(lattice, app));
        }
    }

    public synchronized void revision(LatticeName lattice, AppName app, int n, Manifest manifest) {
        manifests.put(new Version(lattice, app, n), manifest);
    }

    public synchronized void limits(LatticeName lattice, LatticeLimits limits) {
        entries.put(key("limits", lattice, ""), new Entry(limits, ++revision));
        tell(watcher -> watcher.limits(lattice, limits));
    }

    /** Empty: the host is in use again. */
    public synchronized void mark(LatticeName lattice, HostId host, Optional<HostMark> mark) {
        var key = key("host", lattice, host.value());
        if (mark.isEmpty()) {
            entries.remove(key);
            tell(watcher -> watcher.hostMark(lattice, host, Optional.empty(), 0));
            return;
        }
        long now = ++revision;
        entries.put(key, new Entry(mark.get(), now));
        tell(watcher -> watcher.hostMark(lattice, host, mark, now));
    }

    /** A record with something in every member. */
    static RolloutRecord rollout() {
        try {
            var policy = new JsonMapper().readTree("{\"maxUnproven\": 2, \"bake\": {}}");
            var at = Instant.parse("2026-11-22T10:00:00.123456Z");
            var record =
                    RolloutRecord.start(
                                    "ro-7",
                                    Optional.of(new Revision(1, 0)),
                                    new Revision(2, 3),
                                    FrozenPolicy.of("waves", policy),
                                    false,
                                    "sha256:1",
                                    at,
                                    "alice")
                            .forDeploy(7)
                            .withIntent(
                                    new Intent(
                                            "key",
                                            Verb.AMEND,
                                            true,
                                            Optional.of(FrozenPolicy.of("other", policy)),
                                            true,
                                            "bob",
                                            at,
                                            "why",
                                            Optional.empty()));
            return RolloutExamples.full(record, at);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String manager() {
        return "installation";
    }

    @Override
    public synchronized EventSource.Subscription watch(Watcher watcher) {
        entries.forEach((key, entry) -> tell(watcher, key, entry));
        watcher.caughtUp();
        watchers.add(watcher);
        return () -> forget(watcher);
    }

    private synchronized void forget(Watcher watcher) {
        watchers.remove(watcher);
    }

    private static void tell(Watcher watcher, Key key, Entry entry) {
        switch (entry.value()) {
            case AppRecord app -> watcher.app(app);
            case Owned owned ->
                    watcher.owned(key.lattice(), new AppName(key.name()), owned, entry.revision());
            case RolloutRecord rollout ->
                    watcher.rollout(
                            key.lattice(),
                            new AppName(key.name()),
                            Optional.of(rollout),
                            entry.revision());
            case LatticeLimits limits -> watcher.limits(key.lattice(), limits);
            case HostMark mark ->
                    watcher.hostMark(
                            key.lattice(),
                            new HostId(key.name()),
                            Optional.of(mark),
                            entry.revision());
            default -> throw new AssertionError(entry);
        }
    }

    @Override
    public synchronized Optional<Manifest> revision(LatticeName lattice, AppName app, int n) {
        available();
        return Optional.ofNullable(manifests.get(new Version(lattice, app, n)));
    }

    @Override
    public synchronized WriteOutcome writeOwned(
            LatticeName lattice, AppName app, Owned owned, long expected) {
        available();
        var key = key("owned", lattice, app.value());
        if (revisionOf(key) != expected) {
            return new WriteOutcome.Conflict();
        }
        if (owned.isEmpty()) {
            if (entries.remove(key) != null) {
                tell(watcher -> watcher.owned(lattice, app, Owned.NOTHING, 0));
            }
            return new WriteOutcome.Written(0);
        }
        long now = ++revision;
        entries.put(key, new Entry(owned, now));
        tell(watcher -> watcher.owned(lattice, app, owned, now));
        return new WriteOutcome.Written(now);
    }

    @Override
    public synchronized void noteGood(LatticeName lattice, AppName app, String uid, int n) {
        available();
        var entry = entries.get(key("app", lattice, app.value()));
        if (entry != null
                && entry.value() instanceof AppRecord record
                && record.uid().equals(uid)
                && record.version(n).isPresent()
                && !record.lastGood().equals(OptionalInt.of(n))) {
            app(atRevision(record, revision, OptionalInt.of(n), record.lastGood()));
        }
    }

    @Override
    public synchronized WriteOutcome writeRollout(
            LatticeName lattice, AppName app, Optional<RolloutRecord> rollout, long expected) {
        available();
        var key = key("rollout", lattice, app.value());
        if (revisionOf(key) != expected) {
            return new WriteOutcome.Conflict();
        }
        if (rollout.isEmpty()) {
            if (entries.remove(key) != null) {
                tell(watcher -> watcher.rollout(lattice, app, Optional.empty(), 0));
            }
            return new WriteOutcome.Written(0);
        }
        long now = ++revision;
        entries.put(key, new Entry(rollout.get(), now));
        tell(watcher -> watcher.rollout(lattice, app, rollout, now));
        return new WriteOutcome.Written(now);
    }

    @Override
    public synchronized void reject(LatticeName lattice, AppName app, String uid, int n) {
        available();
        var record = record(lattice, app, uid);
        if (record.isPresent() && record.get().version(n).isPresent()) {
            var hash = record.get().version(n).get().hash();
            if (!record.get().rejected().contains(hash)) {
                var rejected = new ArrayList<>(record.get().rejected());
                rejected.add(hash);
                app(with(record.get(), record.get().deployed(), rejected));
            }
        }
    }

    @Override
    public synchronized void restore(
            LatticeName lattice, AppName app, String uid, int from, int to) {
        available();
        record(lattice, app, uid)
                .filter(r -> r.deployed().equals(OptionalInt.of(from)))
                .ifPresent(r -> app(with(r, OptionalInt.of(to), r.rejected())));
    }

    private Optional<AppRecord> record(LatticeName lattice, AppName app, String uid) {
        var entry = entries.get(key("app", lattice, app.value()));
        return entry != null
                        && entry.value() instanceof AppRecord record
                        && record.uid().equals(uid)
                ? Optional.of(record)
                : Optional.empty();
    }

    private static AppRecord with(AppRecord r, OptionalInt deployed, List<String> rejected) {
        return new AppRecord(
                r.lattice(),
                r.name(),
                r.uid(),
                r.revision(),
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

    @Override
    public synchronized WriteOutcome dropHostMark(LatticeName lattice, HostId host, long expected) {
        if (revisionOf(key("host", lattice, host.value())) != expected) {
            return new WriteOutcome.Conflict();
        }
        mark(lattice, host, Optional.empty());
        return new WriteOutcome.Written(0);
    }

    private void available() {
        if (away) {
            throw new StoreUnavailableException("the store is away", new IllegalStateException());
        }
    }

    private long revisionOf(Key key) {
        var entry = entries.get(key);
        return entry == null ? 0 : entry.revision();
    }

    private void tell(Consumer<Watcher> what) {
        watchers.forEach(what);
    }

    private static Key key(String kind, LatticeName lattice, String name) {
        return new Key(kind, lattice, name);
    }

    private static AppRecord atRevision(
            AppRecord app, long revision, OptionalInt lastGood, OptionalInt goodBefore) {
        return new AppRecord(
                app.lattice(),
                app.name(),
                app.uid(),
                revision,
                app.versions(),
                app.deployed(),
                lastGood,
                goodBefore,
                app.restarts(),
                app.rejected(),
                app.hold(),
                app.orphaned(),
                app.adopted(),
                app.deploys());
    }
}
