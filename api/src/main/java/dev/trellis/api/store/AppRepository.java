package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.AppRecord.Hold;
import dev.trellis.scheduler.wanted.AppRecord.Version;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The verbs on apps. Each is a loop of read, decide and compare-and-set, so that any number of
 * processes may call it at once; it throws {@code StoreUnavailableException} when the store does
 * not answer, and then it is not known whether the change was made.
 */
public final class AppRepository {
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final KvBucket bucket;
    private final Revisions revisions;
    private final InstantSource clock;
    private final Admission admission;
    private final RolloutRepository rollouts;
    private final RolloutAdmission rolloutAdmission;
    private final Putting putting;
    private final DeployListener listener;

    /**
     * Joins the parts.
     *
     * @param listener told of what is deployed and undeployed here
     */
    public AppRepository(
            KvBucket bucket,
            Revisions revisions,
            AppCatalog catalog,
            ManifestCodec codec,
            StoreSettings settings,
            InstantSource clock,
            InUse inUse,
            DeployListener listener) {
        this(bucket, revisions, catalog, codec, settings, Set.of(), clock, inUse, listener);
    }

    /** {@code gateHosts}: hosts that the gates of rollouts may be asked of. */
    public AppRepository(
            KvBucket bucket,
            Revisions revisions,
            AppCatalog catalog,
            ManifestCodec codec,
            StoreSettings settings,
            Set<String> gateHosts,
            InstantSource clock,
            InUse inUse,
            DeployListener listener) {
        this.listener = listener;
        this.bucket = bucket;
        this.revisions = revisions;
        this.clock = clock;
        this.admission = new Admission(bucket, catalog, revisions);
        this.rollouts = new RolloutRepository(bucket);
        this.rolloutAdmission = new RolloutAdmission(rollouts, revisions, gateHosts);
        this.putting = new Putting(this, bucket, revisions, codec, settings, clock, inUse);
    }

    /** Reads the record from the bucket itself. */
    public Optional<StoredApp> find(LatticeName lattice, AppName app) {
        return bucket.get(Keys.app(lattice, app))
                .map(entry -> AppJson.read(lattice, app, entry))
                .map(stored -> {
                    revisions.agreeWith(stored.record());
                    return stored;
                });
    }

    /** A stored version with the manifest as it was sent. */
    public Optional<Revision> revision(LatticeName lattice, AppName app, int n) {
        return revisions.read(lattice, app, n);
    }

    /**
     * Stores a manifest as a version of the app it names.
     *
     * @param manifest as read from the document; without a version it is given a new one
     */
    public PutResult put(
            LatticeName lattice,
            Manifest manifest,
            Document document,
            Precondition precondition,
            String by) {
        return putting.put(lattice, manifest, document, precondition, by);
    }

    /**
     * Makes a version the desired one.
     *
     * @param version empty or {@code latest}: the latest
     * @param retry take content out of quarantine
     */
    public ChangeResult deploy(
            LatticeName lattice,
            AppName app,
            Optional<String> version,
            boolean retry,
            Precondition precondition) {
        return deploy(lattice, app, version, retry, false, precondition);
    }

    /**
     * Makes a version the desired one.
     *
     * @param version empty or {@code latest}: the latest
     * @param retry take content out of quarantine
     * @param force although other apps lose what they use of it
     */
    public ChangeResult deploy(
            LatticeName lattice,
            AppName app,
            Optional<String> version,
            boolean retry,
            boolean force,
            Precondition precondition) {
        var result =
                change(
                        lattice,
                        app,
                        precondition,
                        stored ->
                                chosen(stored.record(), version)
                                        .map(target -> deploy(stored, target, retry, force))
                                        .orElseGet(() ->
                                                refuse(
                                                        new ChangeResult.NoVersion(
                                                                version.orElse("latest")))));
        if (result instanceof ChangeResult.Done done) {
            tellDeployed(done);
        }
        return result;
    }

    private void tellDeployed(ChangeResult.Done done) {
        var app = done.app().record();
        done.version()
                .flatMap(version -> revisions.read(app.lattice(), app.name(), version.n()))
                .ifPresent(revision -> listener.deployed(app.lattice(), revision.manifest()));
    }

    /** What {@code manifest} uses of other apps that is not deployed now; then it can't be. */
    public List<String> missingShared(LatticeName lattice, Manifest manifest) {
        return admission.missingShared(lattice, manifest);
    }

    /**
     * Goes back to a version.
     *
     * @param version empty: the newer of the last two that succeeded which is not deployed
     */
    public ChangeResult rollback(
            LatticeName lattice, AppName app, Optional<String> version, Precondition precondition) {
        var result =
                change(
                        lattice,
                        app,
                        precondition,
                        stored -> {
                            if (version.isPresent()) {
                                return chosen(stored.record(), version)
                                        .map(target -> deploy(stored, target, true, false))
                                        .orElseGet(() ->
                                                refuse(new ChangeResult.NoVersion(version.get())));
                            }
                            return goodBefore(stored.record())
                                    .map(target -> deploy(stored, target, true, false))
                                    .orElseGet(() ->
                                            refuse(
                                                    new ChangeResult.NotAllowed(
                                                            CONFLICT,
                                                            "NothingToRollBackTo",
                                                            "no other version has succeeded yet: name"
                                                                    + " one")));
                        });
        if (result instanceof ChangeResult.Done done) {
            tellDeployed(done);
        }
        return result;
    }

    private static Optional<Version> goodBefore(AppRecord app) {
        return Stream.of(app.lastGood(), app.goodBefore())
                .filter(n -> n.isPresent() && !n.equals(app.deployed()))
                .flatMap(n -> app.version(n.getAsInt()).stream())
                .findFirst();
    }

    /** Every host of the deployed version goes through stop and start. */
    public ChangeResult restart(LatticeName lattice, AppName app, Precondition precondition) {
        return change(
                lattice,
                app,
                precondition,
                stored -> {
                    var deployed = stored.record().deployedVersion();
                    if (deployed.isEmpty()) {
                        return refuse(
                                new ChangeResult.NotAllowed(
                                        CONFLICT, "NotDeployed", "no version is deployed"));
                    }
                    var after =
                            AppEdit.of(stored.record())
                                    .restarted(deployed.get().n())
                                    .anotherDeploy()
                                    .toRecord();
                    return edit(stored, after, deployed, deployed);
                });
    }

    /** Takes content out of quarantine; nothing is deployed by it. */
    public ChangeResult unreject(
            LatticeName lattice, AppName app, String hash, Precondition precondition) {
        return change(
                lattice,
                app,
                precondition,
                stored ->
                        stored.record().rejected().contains(hash)
                                ? edit(
                                        stored,
                                        AppEdit.of(stored.record()).accept(hash).toRecord(),
                                        Optional.empty(),
                                        Optional.empty())
                                : refuse(
                                        new ChangeResult.NotAllowed(
                                                NOT_FOUND,
                                                "HashNotFound",
                                                "no content " + hash + " is in quarantine")));
    }

    public ChangeResult undeploy(LatticeName lattice, AppName app, Precondition precondition) {
        return undeploy(lattice, app, false, false, precondition);
    }

    /**
     * Nothing of the app is desired any more.
     *
     * @param orphan leave running what runs; it belongs to nobody from then on
     * @param force although other apps use it
     */
    public ChangeResult undeploy(
            LatticeName lattice,
            AppName app,
            boolean orphan,
            boolean force,
            Precondition precondition) {
        var result = change(lattice, app, precondition, stored -> undeploy(stored, orphan, force));
        if (result instanceof ChangeResult.Done) {
            listener.undeployed(lattice, app);
        }
        return result;
    }

    private Plan undeploy(StoredApp stored, boolean orphan, boolean force) {
        var refused = admission.refuseWithdrawal(stored.record(), force);
        if (refused.isPresent()) {
            return refuse(refused.get());
        }
        var from = stored.record().deployedVersion();
        var after = AppEdit.of(stored.record()).undeployed(orphan).toRecord();
        return edit(stored, after, from, from);
    }

    /** Holds the app; one that is held already keeps who held it first. */
    public ChangeResult hold(
            LatticeName lattice, AppName app, String by, String reason, Precondition precondition) {
        return change(
                lattice,
                app,
                precondition,
                stored -> {
                    var hold = stored.record().hold().orElse(new Hold(by, clock.instant(), reason));
                    return held(stored, Optional.of(hold));
                });
    }

    public ChangeResult release(LatticeName lattice, AppName app, Precondition precondition) {
        return change(lattice, app, precondition, stored -> held(stored, Optional.empty()));
    }

    /**
     * Deletes a version, or all of them and with them the app. What it owns is removed from the
     * lattice afterwards, by the loop.
     */
    public ChangeResult delete(
            LatticeName lattice, AppName app, Optional<String> version, Precondition precondition) {
        return delete(lattice, app, version, false, precondition);
    }

    /**
     * The same.
     *
     * @param force although other apps use it
     */
    public ChangeResult delete(
            LatticeName lattice,
            AppName app,
            Optional<String> version,
            boolean force,
            Precondition precondition) {
        var result =
                change(
                        lattice,
                        app,
                        precondition,
                        stored -> {
                            if (version.isEmpty()) {
                                return all(stored, force);
                            }
                            return chosen(stored.record(), version)
                                    .map(gone -> without(stored, gone, force))
                                    .orElseGet(() ->
                                            refuse(new ChangeResult.NoVersion(version.get())));
                        });
        if (result instanceof ChangeResult.Deleted(var deleted, var undeployed, var left)) {
            deleted.forEach(v -> revisions.delete(lattice, app, v.n()));
            if (left.isEmpty()) {
                listener.deleted(lattice, app, deleted.getLast().version(), undeployed);
            } else if (undeployed) {
                listener.undeployed(lattice, app);
            }
        }
        return result;
    }

    /** The version of this name; empty or {@code latest} means the latest. */
    public static Optional<Version> chosen(AppRecord app, Optional<String> version) {
        var name = version.orElse(Manifest.LATEST_VERSION);
        return name.equals(Manifest.LATEST_VERSION)
                ? Optional.of(app.latest())
                : app.versions().stream().filter(v -> v.version().equals(name)).findFirst();
    }

    /** As {@link #chosen}; {@code deployed} is the desired one, unless a version has that name. */
    public static Optional<Version> chosenOrDeployed(AppRecord app, Optional<String> version) {
        return chosen(app, version)
                .or(() -> version.filter("deployed"::equals).flatMap(_ -> app.deployedVersion()));
    }

    /** What to write, and what to answer once it is written at a revision. */
    private record Plan(
            Optional<StoredApp> write, boolean delete, Function<StoredApp, ChangeResult> answer) {}

    private ChangeResult change(
            LatticeName lattice,
            AppName app,
            Precondition precondition,
            Function<StoredApp, Plan> decide) {
        var key = Keys.app(lattice, app);
        var attempts = new Attempts();
        while (attempts.another()) {
            var found = find(lattice, app);
            if (found.isEmpty()) {
                return new ChangeResult.NoApp();
            }
            if (!precondition.holds(found)) {
                return new ChangeResult.PreconditionFailed();
            }
            var stored = found.get();
            var plan = decide.apply(stored);
            if (plan.write().isEmpty() && !plan.delete()) {
                return plan.answer().apply(stored);
            }
            long revision = stored.record().revision();
            var outcome =
                    plan.delete()
                            ? bucket.delete(key, revision)
                            : bucket.update(key, AppJson.write(plan.write().get()), revision);
            if (outcome instanceof WriteOutcome.Written(long now)) {
                return plan.answer().apply(plan.write().orElse(stored).atRevision(now));
            }
        }
        throw attempts.exhausted(key);
    }

    private Plan deploy(StoredApp stored, Version target, boolean retry, boolean force) {
        var app = stored.record();
        if (app.rejected().contains(target.hash()) && !retry) {
            return refuse(new ChangeResult.Rejected(target.version()));
        }
        var refused =
                admission.refuseDeploy(app, target, force).or(() -> refuseRollout(app, target));
        if (refused.isPresent()) {
            return refuse(refused.get());
        }
        var edit = AppEdit.of(app).accept(target.hash()).deployed(target.n());
        if (retry || !app.deployed().equals(OptionalInt.of(target.n()))) {
            edit.anotherDeploy();
        }
        return edit(stored, edit.toRecord(), Optional.of(target), app.deployedVersion());
    }

    private Optional<ChangeResult> refuseRollout(AppRecord app, Version target) {
        return revisions
                .read(app.lattice(), app.name(), target.n())
                .flatMap(rev -> rolloutAdmission.refuse(app, target, rev.manifest()));
    }

    private static Plan held(StoredApp stored, Optional<Hold> hold) {
        var app = stored.record();
        return edit(
                stored,
                AppEdit.of(app).hold(hold).toRecord(),
                app.deployedVersion(),
                app.deployedVersion());
    }

    private static Plan edit(
            StoredApp stored, AppRecord after, Optional<Version> version, Optional<Version> from) {
        boolean changed = !after.equals(stored.record());
        return new Plan(
                changed ? Optional.of(stored.with(after)) : Optional.empty(),
                false,
                now -> new ChangeResult.Done(now, changed, version, from));
    }

    private static Plan refuse(ChangeResult why) {
        return new Plan(Optional.empty(), false, _ -> why);
    }

    private Plan all(StoredApp stored, boolean force) {
        var app = stored.record();
        var refused = admission.refuseWithdrawal(app, force);
        if (refused.isPresent()) {
            return refuse(refused.get());
        }
        if (app.orphaned()) {
            // the loop lets go of it by the record, and may not have done so yet
            bucket.delete(Keys.owned(app.lattice(), app.name()));
        }
        var deleted =
                new ChangeResult.Deleted(
                        app.versions(), app.deployed().isPresent(), Optional.empty());
        return new Plan(Optional.empty(), true, _ -> deleted);
    }

    private Plan without(StoredApp stored, Version gone, boolean force) {
        var app = stored.record();
        if (app.versions().size() == 1) {
            return all(stored, force);
        }
        var running = rollouts.find(app.lattice(), app.name()).filter(r -> !r.phase().isTerminal());
        if (running.flatMap(RolloutRecord::from).filter(f -> f.n() == gone.n()).isPresent()) {
            return refuse(
                    new ChangeResult.NotAllowed(
                            CONFLICT,
                            "RollbackTarget",
                            "a rollout under way goes back to version " + gone.version()));
        }
        // the candidate of a rollout: that goes back first
        var back =
                running.filter(r -> r.to().n() == gone.n())
                        .flatMap(RolloutRecord::from)
                        .flatMap(from -> app.version(from.n()));
        boolean undeployed = back.isEmpty() && app.deployed().equals(OptionalInt.of(gone.n()));
        if (undeployed) {
            var refused = admission.refuseWithdrawal(app, force);
            if (refused.isPresent()) {
                return refuse(refused.get());
            }
        }
        var changed = AppEdit.of(app).remove(gone.n());
        back.ifPresent(version -> changed.deployed(version.n()).anotherDeploy());
        var left = changed.toRecord();
        var about =
                revisions
                        .read(app.lattice(), app.name(), left.latest().n())
                        .map(rev -> StoredApp.About.of(rev.manifest()))
                        .orElse(stored.about());
        return new Plan(
                Optional.of(new StoredApp(left, stored.lastN(), about)),
                false,
                now -> new ChangeResult.Deleted(List.of(gone), undeployed, Optional.of(now)));
    }
}
