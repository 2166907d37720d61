package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * wadm's Status (wadm-api 2.3), with {@code trellis} beside its members: readers of wadm's shape
 * leave that out.
 */
final class StatusMessage {
    /** The member that is Trellis's own. */
    static final String OWN = "trellis";

    /** What clients of wadm know an app on a lattice without hosts by. */
    static final String NO_HOSTS =
            "Waiting for status: Lattice contains no hosts, deployment not started.";

    static final String UNDEPLOYED = "Manifest has been undeployed";

    private StatusMessage() {}

    /** {@code manifest}: of the deployed version, which gives the order; empty: none is known. */
    static ObjectNode write(AppStatus status, Optional<Manifest> manifest) {
        var scalers =
                switch (status.phase()) {
                    case UNDEPLOYED, WAITING -> List.<Scaler>of();
                    case RECONCILING, DEPLOYED, FAILED, UNHEALTHY ->
                            new Scalers(status).of(manifest);
                };
        var json = plain(word(status.phase()), message(status, scalers));
        if (!scalers.isEmpty()) {
            var array = Json.object().putArray("scalers");
            scalers.forEach(scaler -> array.add(scaler.toJson()));
            json.set("scalers", array);
        }
        json.put("version", status.latest().orElse(""));
        json.putArray("components");
        own(json.putObject(OWN), status);
        return json;
    }

    /** What stands for an app that was deleted while it was deployed. */
    static ObjectNode gone(String latestVersion) {
        var json = plain(word(Phase.UNDEPLOYED), UNDEPLOYED).put("version", latestVersion);
        json.putArray("components");
        return json;
    }

    /** Only {@code status}; without a message where that is empty. */
    static ObjectNode plain(String type, String message) {
        var json = Json.object();
        Scaler.status(json, type, message);
        return json;
    }

    /** wadm's word in a status; empty text where it has none. */
    static String type(JsonNode status) {
        return status.path("status").path("type").asText();
    }

    /** Empty for a message that is not Trellis's. */
    static Optional<StatusCache.Seen> read(byte[] message) {
        try {
            if (!(Json.parse(message) instanceof ObjectNode json)) {
                return Optional.empty();
            }
            var own = json.path(OWN);
            var phase = own.path("phase").textValue();
            return phase == null
                    ? Optional.empty()
                    : Optional.of(
                            new StatusCache.Seen(
                                    phase,
                                    own.path("message").asText(),
                                    Optional.ofNullable(own.path("uid").textValue()),
                                    Optional.ofNullable(own.path("deployed").textValue()),
                                    json));
        } catch (IOException foreign) {
            return Optional.empty();
        }
    }

    private static void own(ObjectNode json, AppStatus status) {
        // How far the removal of an undeployed app has come is no news for readers of this.
        json.put("phase", status.phase().word())
                .put("message", status.phase() == Phase.UNDEPLOYED ? "" : status.message());
        Json.put(json, "uid", status.uid());
        Json.put(json, "deployed", status.deployed());
    }

    private static String message(AppStatus status, List<Scaler> scalers) {
        return switch (status.phase()) {
            case UNDEPLOYED -> UNDEPLOYED;
            case WAITING -> NO_HOSTS;
            case DEPLOYED -> "";
            case FAILED, UNHEALTHY -> status.message();
            case RECONCILING -> {
                var joined =
                        String.join(
                                ", ",
                                scalers.stream()
                                        .map(Scaler::message)
                                        .filter(text -> !text.isEmpty())
                                        .toList());
                yield joined.isEmpty() ? status.message() : joined;
            }
        };
    }

    /** wadm's word. */
    static String word(Phase phase) {
        return switch (phase) {
            case UNDEPLOYED -> "undeployed";
            case WAITING -> "waiting";
            case RECONCILING -> "reconciling";
            case DEPLOYED -> "deployed";
            case FAILED -> "failed";
            case UNHEALTHY -> "unhealthy";
        };
    }
}
