package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.AppRecord.Version;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Stores a version: the revision first, then the record that names it, so that a record never names
 * what isn't there. A revision whose record lost the race is deleted; one whose writer died in
 * between stays, named by nobody, and its number is passed over.
 */
final class Putting {
    private final AppRepository apps;
    private final KvBucket bucket;
    private final Revisions revisions;
    private final ManifestCodec codec;
    private final StoreSettings settings;
    private final InstantSource clock;
    private final InUse inUse;
    private final Ulids ulids;

    Putting(
            AppRepository apps,
            KvBucket bucket,
            Revisions revisions,
            ManifestCodec codec,
            StoreSettings settings,
            InstantSource clock,
            InUse inUse) {
        this.apps = apps;
        this.bucket = bucket;
        this.revisions = revisions;
        this.codec = codec;
        this.settings = settings;
        this.clock = clock;
        this.inUse = inUse;
        this.ulids = new Ulids(clock);
    }

    PutResult put(
            LatticeName lattice,
            Manifest manifest,
            Document document,
            Precondition precondition,
            String by) {
        var name = new AppName(manifest.name());
        var fresh = manifest.version().isPresent() ? manifest : manifest.withVersion(ulids.next());
        var attempts = new Attempts();
        while (attempts.another()) {
            var stored = apps.find(lattice, name);
            if (!precondition.holds(stored)) {
                return new PutResult.PreconditionFailed();
            }
            var known = stored.flatMap(app -> known(app, manifest));
            if (known.isPresent()) {
                return known.get();
            }
            var version = version(fresh, by);
            var revision = new Revision(document, fresh, version.hash(), version.version());
            var encoded = revisions.encode(revision);
            if (!bucket.fits(encoded.length)) {
                return new PutResult.TooLarge(encoded.length);
            }
            var written = write(lattice, name, stored, version, fresh, encoded);
            if (written.isPresent()) {
                return written.get();
            }
        }
        throw attempts.exhausted(Keys.app(lattice, name));
    }

    private Optional<PutResult> known(StoredApp stored, Manifest manifest) {
        var app = stored.record();
        var named = manifest.version();
        if (named.isEmpty()) {
            var latest = app.latest();
            var hash = codec.hash(manifest.withVersion(latest.version()));
            return hash.equals(latest.hash())
                    ? Optional.of(new PutResult.Unchanged(stored, latest))
                    : Optional.empty();
        }
        return app.versions().stream()
                .filter(v -> v.version().equals(named.get()))
                .findFirst()
                .map(v ->
                        codec.hash(manifest).equals(v.hash())
                                ? new PutResult.Unchanged(stored, v)
                                : new PutResult.VersionExists(v.version()));
    }

    private Version version(Manifest manifest, String by) {
        return new Version(
                0, manifest.version().orElseThrow(), codec.hash(manifest), clock.instant(), by);
    }

    private Optional<PutResult> write(
            LatticeName lattice,
            AppName name,
            Optional<StoredApp> stored,
            Version unnumbered,
            Manifest manifest,
            byte[] encoded) {
        int n = stored.map(StoredApp::lastN).orElse(0) + 1;
        while (revisions.create(lattice, name, n, encoded) instanceof WriteOutcome.Conflict) {
            n++;
        }
        var version = numbered(unnumbered, n);
        var added =
                stored.map(app -> AppEdit.of(app.record()).add(version).toRecord())
                        .orElseGet(() -> newApp(lattice, name, version));
        var trimmed = trimmed(added);
        var app = new StoredApp(trimmed, n, StoredApp.About.of(manifest));
        long expected = stored.map(before -> before.record().revision()).orElse(0L);
        return switch (bucket.update(Keys.app(lattice, name), AppJson.write(app), expected)) {
            case WriteOutcome.Written(long revision) -> {
                dropped(added, trimmed).forEach(v -> revisions.delete(lattice, name, v.n()));
                yield Optional.of(new PutResult.Created(app.atRevision(revision), version));
            }
            case WriteOutcome.Conflict() -> {
                revisions.delete(lattice, name, n);
                yield Optional.empty();
            }
        };
    }

    /** Nothing is trimmed while it is not known what hosts run. */
    private AppRecord trimmed(AppRecord app) {
        var kept = new HashSet<Integer>();
        app.deployed().ifPresent(kept::add);
        app.lastGood().ifPresent(kept::add);
        app.goodBefore().ifPresent(kept::add);
        if (beyond(app, kept).isEmpty()) {
            return app;
        }
        var running = inUse.versions(app.lattice(), app.name());
        if (running.isEmpty()) {
            return app;
        }
        kept.addAll(running.get());
        var edit = AppEdit.of(app);
        beyond(app, kept).forEach(v -> edit.remove(v.n()));
        return edit.toRecord();
    }

    private List<Version> beyond(AppRecord app, Set<Integer> kept) {
        var others = app.versions().stream().filter(v -> !kept.contains(v.n())).toList();
        return others.subList(0, Math.max(0, others.size() - settings.versionsKept()));
    }

    private static List<Version> dropped(AppRecord before, AppRecord after) {
        return before.versions().stream().filter(v -> !after.versions().contains(v)).toList();
    }

    private static Version numbered(Version version, int n) {
        return new Version(n, version.version(), version.hash(), version.at(), version.by());
    }

    private static AppRecord newApp(LatticeName lattice, AppName name, Version first) {
        return new AppRecord(
                lattice,
                name,
                UUID.randomUUID().toString(),
                0,
                List.of(first),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                new TreeMap<>(),
                List.of(),
                Optional.empty());
    }
}
