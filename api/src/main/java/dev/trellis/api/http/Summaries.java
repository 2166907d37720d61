package dev.trellis.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.Json;
import dev.trellis.api.wadm.StatusCache;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.wanted.AppRecord;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;

/** Apps and versions as items of a list: from the catalog and the last published status. */
@Singleton
final class Summaries {
    private final StatusCache statuses;

    Summaries(StatusCache statuses) {
        this.statuses = statuses;
    }

    ObjectNode app(StoredApp stored) {
        var app = stored.record();
        var json = Json.object().put("name", app.name().value());
        Json.put(json, "description", stored.about().description());
        var labels = json.putObject("labels");
        stored.about().labels().forEach(labels::put);
        json.put("latestVersion", app.latest().version());
        Json.put(json, "deployedVersion", app.deployedVersion().map(AppRecord.Version::version));
        json.put("phase", phase(app));
        json.put("message", published(app).map(StatusCache.Seen::summary).orElse(""));
        json.put("held", app.hold().isPresent()).put("shared", stored.about().shared());
        return json;
    }

    /** What was published may be about an earlier wish: then the app is on its way. */
    String phase(AppRecord app) {
        if (app.deployed().isEmpty()) {
            return Phase.UNDEPLOYED.word();
        }
        return published(app).map(StatusCache.Seen::phase).orElse(Phase.RECONCILING.word());
    }

    static ObjectNode version(AppRecord app, AppRecord.Version version) {
        return Json.object()
                .put("version", version.version())
                .put("n", version.n())
                .put("hash", version.hash())
                .put("at", Json.time(version.at()))
                .put("by", version.by())
                .put("deployed", app.deployed().equals(OptionalInt.of(version.n())))
                .put("lastGood", app.lastGood().equals(OptionalInt.of(version.n())))
                .put("rejected", app.rejected().contains(version.hash()));
    }

    private Optional<StatusCache.Seen> published(AppRecord app) {
        var deployed = app.deployedVersion().map(AppRecord.Version::version);
        return statuses.status(app.lattice(), app.name())
                .filter(seen -> seen.uid().equals(Optional.of(app.uid())))
                .filter(seen -> seen.deployed().equals(deployed));
    }
}
