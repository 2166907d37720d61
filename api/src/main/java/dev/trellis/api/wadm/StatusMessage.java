package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Phase;
import java.util.Locale;
import java.util.Optional;

/**
 * wadm's Status (wadm-api 2.3), with {@code trellis} beside its members: readers of wadm's shape
 * leave that out.
 */
final class StatusMessage {
    private StatusMessage() {}

    static byte[] write(AppStatus status) {
        var json = Json.object();
        status(json, word(status.phase()), message(status));
        var scalers = Json.object().putArray("scalers");
        for (var component : status.components()) {
            var scaler =
                    scalers.addObject()
                            .put("id", status.app() + "/" + component.name())
                            .put("kind", "SpreadScaler")
                            .put("name", component.id());
            boolean done = component.running() == component.wanted();
            status(scaler, done ? "deployed" : "reconciling", done ? "" : scaling(component));
        }
        for (var link : status.links()) {
            var name =
                    link.source() + " -(" + withoutInterface(link.scope()) + ")-> " + link.target();
            var scaler =
                    scalers.addObject()
                            .put("id", status.app() + "/" + name + "/" + link.name())
                            .put("kind", "LinkScaler")
                            .put("name", name);
            status(
                    scaler,
                    link.present() ? "deployed" : "reconciling",
                    link.present()
                            ? ""
                            : "Putting link definition between %s and %s"
                                    .formatted(link.source(), link.target()));
        }
        if (!scalers.isEmpty() && status.phase() != Phase.UNDEPLOYED) {
            json.set("scalers", scalers);
        }
        json.put("version", status.latest().orElse(""));
        json.putArray("components");
        trellis(json.putObject("trellis"), status);
        return Json.bytes(json);
    }

    static Optional<StatusCache.Seen> read(byte[] message) {
        try {
            var trellis = Json.parse(message).path("trellis");
            var phase = trellis.path("phase").textValue();
            return phase == null
                    ? Optional.empty()
                    : Optional.of(
                            new StatusCache.Seen(
                                    phase,
                                    trellis.path("message").asText(),
                                    Optional.ofNullable(trellis.path("uid").textValue()),
                                    Optional.ofNullable(trellis.path("deployed").textValue())));
        } catch (java.io.IOException foreign) {
            return Optional.empty();
        }
    }

    private static void trellis(ObjectNode json, AppStatus status) {
        json.put("phase", status.phase().word()).put("message", status.message());
        Json.put(json, "uid", status.uid());
        Json.put(json, "deployed", status.deployed());
    }

    private static void status(ObjectNode json, String type, String message) {
        var member = json.putObject("status").put("type", type);
        if (!message.isEmpty()) {
            member.put("message", message);
        }
    }

    private static String message(AppStatus status) {
        return status.phase() == Phase.UNDEPLOYED
                ? "Manifest has been undeployed"
                : status.message();
    }

    private static String scaling(AppStatus.ComponentStatus component) {
        var kind = component.type().equals("component") ? "component" : "provider";
        return "Scaling %s: %d of %d".formatted(kind, component.running(), component.wanted());
    }

    private static String withoutInterface(String scope) {
        int slash = scope.indexOf('/');
        return slash < 0 ? scope : scope.substring(0, slash);
    }

    private static String word(Phase phase) {
        return phase.word().toLowerCase(Locale.ROOT);
    }
}
