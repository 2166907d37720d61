package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.AppRecord.Version;
import java.util.Optional;

/**
 * Whether a version may be deployed beside what is. It reads the catalog, which may be milliseconds
 * behind: two apps that get in at once are told apart by the loop.
 */
final class Admission {
    private final AppCatalog catalog;
    private final Revisions revisions;

    Admission(AppCatalog catalog, Revisions revisions) {
        this.catalog = catalog;
        this.revisions = revisions;
    }

    Optional<ChangeResult> refuse(AppRecord app, Version target) {
        var wanted = revisions.read(app.lattice(), app.name(), target.n());
        if (wanted.isEmpty()) {
            return Optional.of(new ChangeResult.NoVersion(target.version()));
        }
        var manifest = wanted.get().manifest();
        return sharedMissing(app, manifest).or(() -> claimed(app, manifest));
    }

    private Optional<ChangeResult> sharedMissing(AppRecord app, Manifest manifest) {
        return Claims.sharedApps(manifest).stream()
                .filter(shared -> !deployed(app, shared))
                .findFirst()
                .map(ChangeResult.SharedMissing::new);
    }

    private boolean deployed(AppRecord app, String shared) {
        return catalog.app(app.lattice(), new AppName(shared))
                .filter(other -> other.record().deployed().isPresent())
                .isPresent();
    }

    private Optional<ChangeResult> claimed(AppRecord app, Manifest manifest) {
        var ours = Claims.of(manifest);
        for (var other : catalog.apps(app.lattice())) {
            var theirs = other.record();
            if (theirs.name().equals(app.name()) || theirs.deployed().isEmpty()) {
                continue;
            }
            var common =
                    revisions
                            .read(app.lattice(), theirs.name(), theirs.deployed().getAsInt())
                            .flatMap(rev -> Claims.common(ours, Claims.of(rev.manifest())));
            if (common.isPresent()) {
                return Optional.of(new ChangeResult.Claimed(theirs.name().value(), common.get()));
            }
        }
        return Optional.empty();
    }
}
