package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;

/**
 * One entry of a Status: what wadm has a scaler for.
 *
 * @param id stable; equal traits of one component have one id
 * @param message empty when it is done
 */
record Scaler(String id, String kind, String name, String type, String message) {
    ObjectNode toJson() {
        var json = Json.object().put("id", id).put("kind", kind).put("name", name);
        status(json, type, message);
        return json;
    }

    static void status(ObjectNode json, String type, String message) {
        var member = json.putObject("status").put("type", type);
        if (!message.isEmpty()) {
            member.put("message", message);
        }
    }
}
