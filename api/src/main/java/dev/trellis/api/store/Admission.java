package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.Trait;
import dev.trellis.scheduler.decide.SharedComponents;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.StoreUnavailableException;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.AppRecord.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a version may be deployed, or an app withdrawn, beside what else is deployed. A shared
 * app is read from the bucket itself; who else claims or uses something comes from the catalog. Of
 * two apps that get in at the same moment, the loop lets one have what both claim.
 *
 * <p>Where the store does not answer there is no answer here either: {@link
 * StoreUnavailableException}.
 */
final class Admission {
    private static final int UNPROCESSABLE = 422;

    private final KvBucket bucket;
    private final AppCatalog catalog;
    private final Revisions revisions;

    Admission(KvBucket bucket, AppCatalog catalog, Revisions revisions) {
        this.bucket = bucket;
        this.catalog = catalog;
        this.revisions = revisions;
    }

    /**
     * Why a version may not be deployed; empty: it may.
     *
     * @param force dependents may lose what they use
     */
    Optional<ChangeResult> refuseDeploy(AppRecord app, Version target, boolean force) {
        var wanted = revisions.read(app.lattice(), app.name(), target.n());
        if (wanted.isEmpty()) {
            return Optional.of(new ChangeResult.NoVersion(target.version()));
        }
        var manifest = wanted.get().manifest();
        var lacks = lacks(app.lattice(), manifest);
        if (!lacks.isEmpty()) {
            return Optional.of(new ChangeResult.SharedMissing(lacks));
        }
        return tooMany(app.lattice(), manifest)
                .or(() -> claimed(app, manifest))
                .or(() -> force ? Optional.empty() : dependents(app, Optional.of(manifest)));
    }

    /** Lowering the limit stops nothing, so this is the one place that asks for it. */
    private Optional<ChangeResult> tooMany(LatticeName lattice, Manifest manifest) {
        var most =
                bucket.get(Keys.limits(lattice))
                        .map(entry -> LimitsJson.read(entry.value()).maxInstances())
                        .orElseGet(OptionalInt::empty);
        if (most.isEmpty()) {
            return Optional.empty();
        }
        var over = new ArrayList<String>();
        for (var component : manifest.components()) {
            for (var trait : component.traits()) {
                int instances =
                        switch (trait) {
                            case Trait.SpreadScaler(var wanted, _) -> wanted;
                            case Trait.DaemonScaler(var wanted, _) -> wanted;
                            case Trait.Link _, Trait.Other _ -> 0;
                        };
                if (instances > most.getAsInt()) {
                    over.add(component.name() + " wants " + instances);
                }
            }
        }
        return over.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ChangeResult.NotAllowed(
                                UNPROCESSABLE,
                                "TooManyInstances",
                                "lattice %s allows %d instances of a component: %s; ask for fewer, or raise maxInstances in its limits"
                                        .formatted(
                                                lattice,
                                                most.getAsInt(),
                                                String.join(", ", over))));
    }

    /** Why nothing of an app may be desired any more; empty: it may be so. */
    Optional<ChangeResult> refuseWithdrawal(AppRecord app, boolean force) {
        return force ? Optional.empty() : dependents(app, Optional.empty());
    }

    /** Names of the components that a manifest uses of other apps and that can't be had now. */
    List<String> missingShared(LatticeName lattice, Manifest manifest) {
        return lacks(lattice, manifest).stream().map(ChangeResult.Lack::component).toList();
    }

    private List<ChangeResult.Lack> lacks(LatticeName lattice, Manifest manifest) {
        var lacks = new ArrayList<ChangeResult.Lack>();
        for (var component : manifest.components()) {
            if (component.source() instanceof Source.Shared(var app, var name)) {
                missing(lattice, manifest, app, name)
                        .ifPresent(why ->
                                lacks.add(new ChangeResult.Lack(component.name(), app, why)));
            }
        }
        return lacks;
    }

    private Optional<String> missing(
            LatticeName lattice, Manifest manifest, String app, String component) {
        if (app.equals(manifest.name())) {
            return Optional.of("an app shares nothing with itself");
        }
        var name = new AppName(app);
        var deployed =
                bucket.get(Keys.app(lattice, name))
                        .map(entry -> AppJson.read(lattice, name, entry).record())
                        .flatMap(this::deployed);
        if (deployed.isEmpty()) {
            return Optional.of("shared app %s is not deployed".formatted(app));
        }
        return SharedComponents.in(deployed.get(), component)
                        instanceof SharedComponents.Found.Missing(var why)
                ? Optional.of(why)
                : Optional.empty();
    }

    private Optional<Manifest> deployed(AppRecord app) {
        return app.deployedVersion()
                .flatMap(version -> revisions.read(app.lattice(), app.name(), version.n()))
                .map(Revision::manifest);
    }

    private Optional<ChangeResult> claimed(AppRecord app, Manifest manifest) {
        var ours = Claims.of(manifest);
        for (var other : others(app)) {
            var common = deployed(other).flatMap(theirs -> Claims.common(ours, Claims.of(theirs)));
            if (common.isPresent()) {
                return Optional.of(new ChangeResult.Claimed(other.name().value(), common.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<ChangeResult> dependents(AppRecord app, Optional<Manifest> afterwards) {
        var now = deployed(app).filter(Manifest::shared);
        if (now.isEmpty()) {
            return Optional.empty();
        }
        var dependents = new ArrayList<ChangeResult.Dependent>();
        for (var other : others(app)) {
            var used = deployed(other).map(m -> Dependents.uses(m, app.name()));
            var lost = used.map(u -> Dependents.losing(u, now.get(), afterwards)).orElse(List.of());
            if (!lost.isEmpty()) {
                dependents.add(new ChangeResult.Dependent(other.name().value(), lost));
            }
        }
        return dependents.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChangeResult.HasDependents(app.name().value(), dependents));
    }

    private List<AppRecord> others(AppRecord app) {
        // what was deployed before this call counts, by whichever process
        catalog.refresh();
        if (!catalog.current()) {
            throw new StoreUnavailableException(
                    "store unavailable: what else is deployed is not known",
                    new IllegalStateException("catalog not current"));
        }
        return catalog.apps(app.lattice()).stream()
                .map(StoredApp::record)
                .filter(other -> !other.name().equals(app.name()) && other.deployed().isPresent())
                .toList();
    }
}
