package dev.trellis.api.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.port.History;

/** An entry in the shape of the HTTP API, but for {@code seq}, which the stream gives. */
final class EntryJson {
    private EntryJson() {}

    static ObjectNode of(History.Entry entry) {
        var json =
                Json.object()
                        .put("at", Json.time(entry.at()))
                        .put("by", entry.by())
                        .put("kind", entry.kind().word());
        Json.put(json, "version", entry.version());
        Json.put(json, "rollout", entry.rollout());
        if (!entry.reason().isEmpty()) {
            json.put("reason", entry.reason());
        }
        if (!entry.message().isEmpty()) {
            json.put("message", entry.message());
        }
        if (!entry.commands().isEmpty()) {
            var commands = json.putObject("commands");
            entry.commands().forEach(commands::put);
        }
        if (entry.hostCount() > 0) {
            var hosts = json.putArray("hosts");
            entry.hosts().forEach(host -> hosts.add(host.value()));
            json.put("hostCount", entry.hostCount());
        }
        return json;
    }

    /** With its sequence first. */
    static ObjectNode numbered(long sequence, JsonNode entry) {
        var json = Json.object().put("seq", sequence);
        entry.properties().forEach(member -> json.set(member.getKey(), member.getValue()));
        return json;
    }
}
