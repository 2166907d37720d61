package dev.trellis.api.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.wanted.AppRecord.Hold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What the stored values have in common. */
final class StoreJson {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private StoreJson() {}

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static JsonNode parse(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException foreign) {
            throw new UncheckedIOException("not a value of ours", foreign);
        }
    }

    static Optional<String> text(JsonNode json, String member) {
        var value = json.path(member);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    static OptionalInt number(JsonNode json, String member) {
        var value = json.path(member);
        return value.isInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
    }

    static void put(ObjectNode json, String member, OptionalInt value) {
        value.ifPresent(n -> json.put(member, n));
    }

    static Optional<Hold> hold(JsonNode json) {
        var hold = json.path("hold");
        return hold.isObject()
                ? Optional.of(
                        new Hold(
                                hold.path("by").asText(),
                                Instant.parse(hold.path("at").asText()),
                                hold.path("reason").asText()))
                : Optional.empty();
    }

    static void putHold(ObjectNode json, Optional<Hold> hold) {
        json.remove("hold");
        hold.ifPresent(h ->
                json.putObject("hold")
                        .put("by", h.by())
                        .put("at", h.at().toString())
                        .put("reason", h.reason()));
    }
}
