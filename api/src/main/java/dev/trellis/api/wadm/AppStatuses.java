package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.wanted.AppRecord;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Statuses and summaries as clients of wadm read them, from what is stored and what was last
 * published. Some of them know only four words where a status stands for a whole app, so there the
 * other two are replaced; {@code detailed_status} has the true word.
 */
@Singleton
final class AppStatuses {
    private static final String NOT_LOOKED_AT = "Waiting for the first look at the lattice";

    private final StatusCache statuses;

    AppStatuses(StatusCache statuses) {
        this.statuses = statuses;
    }

    /** An entry of a list. */
    ObjectNode summary(StoredApp stored) {
        var app = stored.record();
        var detailed = detailed(app);
        var status = detailed.path("status");
        var json =
                Json.object()
                        .put("name", app.name().value())
                        .put("version", app.latest().version())
                        .put("description", stored.about().description().orElse(null))
                        .put(
                                "deployed_version",
                                app.deployedVersion().map(AppRecord.Version::version).orElse(null));
        json.set("detailed_status", detailed);
        return json.put("status", older(status.path("type").asText()))
                .put("status_message", status.path("message").asText());
    }

    /** With the true word in {@code status.type}. */
    ObjectNode detailed(AppRecord app) {
        var json = lastSaid(app);
        json.remove(StatusMessage.OWN);
        json.put("version", app.latest().version());
        if (!json.has("components")) {
            json.putArray("components");
        }
        return json;
    }

    /** With a word in {@code status.type} that all clients know. */
    ObjectNode plain(AppRecord app) {
        var json = detailed(app);
        if (json.path("status") instanceof ObjectNode status) {
            status.put("type", older(status.path("type").asText()));
        }
        return json;
    }

    private ObjectNode lastSaid(AppRecord app) {
        var published =
                statuses.status(app.lattice(), app.name())
                        .filter(seen -> seen.uid().equals(Optional.of(app.uid())));
        var deployed = app.deployedVersion().map(AppRecord.Version::version);
        if (deployed.isEmpty()) {
            var word = StatusMessage.word(Phase.UNDEPLOYED);
            boolean once = published.isPresent();
            return StatusMessage.plain(word, once ? StatusMessage.UNDEPLOYED : "");
        }
        return published
                .filter(seen -> seen.deployed().equals(deployed))
                .map(seen -> seen.message().deepCopy())
                .orElseGet(() ->
                        StatusMessage.plain(StatusMessage.word(Phase.RECONCILING), NOT_LOOKED_AT));
    }

    private static String older(String word) {
        return switch (word) {
            case "waiting" -> "undeployed";
            case "unhealthy" -> "failed";
            default -> word;
        };
    }
}
