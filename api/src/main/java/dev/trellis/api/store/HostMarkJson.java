package dev.trellis.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.wanted.HostMark;
import java.time.Instant;
import java.util.Optional;

/** The value of {@code host.<lattice>.<id>}. */
final class HostMarkJson {
    private HostMarkJson() {}

    static byte[] write(HostMark mark) {
        var json = StoreJson.MAPPER.createObjectNode();
        put(json.putObject("cordoned"), mark.cordoned());
        mark.draining().ifPresent(note -> put(json.putObject("draining"), note));
        return StoreJson.bytes(json);
    }

    static HostMark read(byte[] value) {
        var json = StoreJson.parse(value);
        var draining = json.path("draining");
        return new HostMark(
                note(json.required("cordoned")),
                draining.isObject() ? Optional.of(note(draining)) : Optional.empty());
    }

    private static void put(ObjectNode json, HostMark.Note note) {
        json.put("by", note.by()).put("at", note.at().toString()).put("reason", note.reason());
    }

    private static HostMark.Note note(JsonNode json) {
        return new HostMark.Note(
                json.path("by").asText(),
                Instant.parse(json.path("at").asText()),
                json.path("reason").asText());
    }
}
