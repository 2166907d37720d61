package dev.trellis.api.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.EventSource;
import dev.trellis.scheduler.port.WantedStore;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.LatticeLimits;
import dev.trellis.scheduler.wanted.Owned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wanted, from the bucket. Two processes may write at once. */
public final class KvWantedStore implements WantedStore {
    private static final Logger log = LoggerFactory.getLogger(KvWantedStore.class);

    private final KvBucket bucket;
    private final Revisions revisions;
    private final DeployListener listener;

    public KvWantedStore(KvBucket bucket, Revisions revisions) {
        this(bucket, revisions, DeployListener.NONE);
    }

    /** {@code listener}: told when a rollback made another version the desired one. */
    public KvWantedStore(KvBucket bucket, Revisions revisions, DeployListener listener) {
        this.bucket = bucket;
        this.revisions = revisions;
        this.listener = listener;
    }

    @Override
    public String manager() {
        var made = UUID.randomUUID().toString();
        return switch (bucket.create(Keys.MANAGER, made.getBytes(StandardCharsets.UTF_8))) {
            case WriteOutcome.Written _ -> made;
            case WriteOutcome.Conflict() ->
                    bucket.get(Keys.MANAGER)
                            .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                            .orElseGet(this::manager);
        };
    }

    @Override
    public EventSource.Subscription watch(Watcher watcher) {
        return BucketWatch.start(
                bucket,
                List.of("app.>", "owned.>", "limits.>", "host.>", "rollout.>", "approval.>"),
                new Telling(watcher));
    }

    @Override
    public Optional<Manifest> revision(LatticeName lattice, AppName app, int n) {
        return revisions.read(lattice, app, n).map(Revision::manifest);
    }

    @Override
    public WriteOutcome writeOwned(LatticeName lattice, AppName app, Owned owned, long expected) {
        var key = Keys.owned(lattice, app);
        if (!owned.isEmpty()) {
            return bucket.update(key, OwnedJson.write(owned), expected);
        }
        return expected == 0 ? new WriteOutcome.Written(0) : bucket.delete(key, expected);
    }

    @Override
    public void noteGood(LatticeName lattice, AppName app, String uid, int n) {
        var key = Keys.app(lattice, app);
        var attempts = new Attempts();
        while (attempts.another()) {
            var stored = bucket.get(key).map(entry -> AppJson.read(lattice, app, entry));
            if (stored.isEmpty() || !worthNoting(stored.get(), uid, n)) {
                return;
            }
            var before = stored.get();
            var after = before.with(AppEdit.of(before.record()).good(n).toRecord());
            var written = bucket.update(key, AppJson.write(after), before.record().revision());
            if (written instanceof WriteOutcome.Written) {
                return;
            }
        }
        throw attempts.exhausted(key);
    }

    @Override
    public WriteOutcome writeRollout(
            LatticeName lattice, AppName app, Optional<RolloutRecord> rollout, long expected) {
        var key = Keys.rollout(lattice, app);
        if (rollout.isPresent()) {
            return bucket.update(key, RolloutJson.write(rollout.get()), expected);
        }
        return expected == 0 ? new WriteOutcome.Written(0) : bucket.delete(key, expected);
    }

    @Override
    public void reject(LatticeName lattice, AppName app, String uid, int n) {
        change(
                lattice,
                app,
                uid,
                record ->
                        record.version(n)
                                .filter(v -> !record.rejected().contains(v.hash()))
                                .map(v -> AppEdit.of(record).reject(v.hash()).toRecord()));
    }

    @Override
    public void restore(LatticeName lattice, AppName app, String uid, int from, int to) {
        boolean changed =
                change(
                        lattice,
                        app,
                        uid,
                        record ->
                                record.version(to)
                                        .filter(_ -> record.deployed().equals(OptionalInt.of(from)))
                                        .map(_ -> AppEdit.of(record).deployed(to).toRecord()));
        if (changed) {
            revisions
                    .read(lattice, app, to)
                    .ifPresent(rev -> listener.deployed(lattice, rev.manifest()));
        }
    }

    @CanIgnoreReturnValue
    private boolean change(
            LatticeName lattice,
            AppName app,
            String uid,
            Function<AppRecord, Optional<AppRecord>> edit) {
        var key = Keys.app(lattice, app);
        var attempts = new Attempts();
        while (attempts.another()) {
            var stored = bucket.get(key).map(entry -> AppJson.read(lattice, app, entry));
            var after =
                    stored.filter(s -> s.record().uid().equals(uid))
                            .flatMap(s -> edit.apply(s.record()));
            if (after.isEmpty()) {
                return false;
            }
            var before = stored.orElseThrow();
            var written =
                    bucket.update(
                            key,
                            AppJson.write(before.with(after.get())),
                            before.record().revision());
            if (written instanceof WriteOutcome.Written) {
                return true;
            }
        }
        throw attempts.exhausted(key);
    }

    @Override
    public WriteOutcome dropHostMark(LatticeName lattice, HostId host, long expected) {
        return bucket.delete(Keys.host(lattice, host), expected);
    }

    private static boolean worthNoting(StoredApp stored, String uid, int n) {
        var app = stored.record();
        boolean already = app.lastGood().isPresent() && app.lastGood().getAsInt() == n;
        return app.uid().equals(uid) && app.version(n).isPresent() && !already;
    }

    private final class Telling implements BucketWatch.Listener {
        private final Watcher watcher;

        Telling(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void put(KvBucket.Entry entry) {
            Keys.parse(entry.key()).ifPresent(key -> tell(key, entry));
        }

        private void tell(Keys.Parsed key, KvBucket.Entry entry) {
            switch (key) {
                case Keys.Parsed.App(var lattice, var app) ->
                        readable(entry, () -> AppJson.read(lattice, app, entry).record())
                                .ifPresent(record -> {
                                    revisions.agreeWith(record);
                                    watcher.app(record);
                                });
                case Keys.Parsed.OwnedBy(var lattice, var app) ->
                        readable(entry, () -> OwnedJson.read(entry.value()))
                                .ifPresent(owned ->
                                        watcher.owned(lattice, app, owned, entry.revision()));
                case Keys.Parsed.RolloutOf(var lattice, var app) ->
                        readable(entry, () -> RolloutJson.read(entry.value()))
                                .ifPresent(rollout ->
                                        watcher.rollout(
                                                lattice,
                                                app,
                                                Optional.of(rollout),
                                                entry.revision()));
                case Keys.Parsed.ApprovalOf(var lattice, var app, var rollout, var stage) ->
                        readable(entry, () -> ApprovalJson.read(entry.value()))
                                .ifPresent(approval ->
                                        watcher.approval(
                                                lattice,
                                                app,
                                                rollout,
                                                stage,
                                                Optional.of(approval)));
                case Keys.Parsed.Limits(var lattice) ->
                        readable(entry, () -> LimitsJson.read(entry.value()))
                                .ifPresent(limits -> watcher.limits(lattice, limits));
                case Keys.Parsed.Host(var lattice, var host) ->
                        readable(entry, () -> HostMarkJson.read(entry.value()))
                                .ifPresent(mark ->
                                        watcher.hostMark(
                                                lattice,
                                                host,
                                                Optional.of(mark),
                                                entry.revision()));
            }
        }

        @Override
        public void gone(String key) {
            switch (Keys.parse(key).orElse(null)) {
                case Keys.Parsed.App(var lattice, var app) -> watcher.appRemoved(lattice, app);
                case Keys.Parsed.OwnedBy(var lattice, var app) ->
                        watcher.owned(lattice, app, Owned.NOTHING, 0);
                case Keys.Parsed.RolloutOf(var lattice, var app) ->
                        watcher.rollout(lattice, app, Optional.empty(), 0);
                case Keys.Parsed.ApprovalOf(var lattice, var app, var rollout, var stage) ->
                        watcher.approval(lattice, app, rollout, stage, Optional.empty());
                case Keys.Parsed.Limits(var lattice) -> watcher.limits(lattice, LatticeLimits.NONE);
                case Keys.Parsed.Host(var lattice, var host) ->
                        watcher.hostMark(lattice, host, Optional.empty(), 0);
                case null -> {}
            }
        }

        @Override
        public void caughtUp() {
            watcher.caughtUp();
        }

        /** One value that is not ours must not stop the watch. */
        private <T> Optional<T> readable(
                KvBucket.Entry entry, java.util.function.Supplier<T> reading) {
            try {
                return Optional.of(reading.get());
            } catch (RuntimeException foreign) {
                log.atError()
                        .addKeyValue("key", entry.key())
                        .addKeyValue("revision", entry.revision())
                        .setCause(foreign)
                        .log("unreadable value skipped");
                return Optional.empty();
            }
        }
    }
}
