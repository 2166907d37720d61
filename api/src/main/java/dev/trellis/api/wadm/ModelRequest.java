package dev.trellis.api.wadm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.api.view.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * What a request says besides its subject. Unknown members are ignored.
 *
 * @param version empty when absent or null; may be an empty text, which names no version
 * @param deleteAll the oldest clients' way to delete all versions
 */
record ModelRequest(Optional<String> version, boolean deleteAll) {
    /** More than any request but a put can need. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final ModelRequest EMPTY = new ModelRequest(Optional.empty(), false);

    /** The payload is none that can be understood; the message says where and why. */
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    static ModelRequest read(String operation, byte[] payload) throws Malformed {
        if (payload.length == 0) {
            return EMPTY;
        }
        if (payload.length > MOST_BYTES) {
            throw malformed(
                    operation,
                    "it has %d bytes, expected at most %d".formatted(payload.length, MOST_BYTES));
        }
        var json = parse(operation, payload);
        if (!json.isObject()) {
            throw malformed(operation, "expected an object like {\"version\":\"v1\"}");
        }
        var version = json.path("version");
        if (!version.isMissingNode() && !version.isNull() && !version.isTextual()) {
            throw malformed(operation, "version: expected a string, or null for the latest");
        }
        return new ModelRequest(
                Optional.ofNullable(version.textValue()), json.path("delete_all").asBoolean());
    }

    private static JsonNode parse(String operation, byte[] payload) throws Malformed {
        try {
            return Json.parse(payload);
        } catch (JsonProcessingException wrong) {
            var at = wrong.getLocation();
            throw malformed(
                    operation,
                    at == null
                            ? "expected JSON"
                            : "expected JSON, and it is none at line %d, column %d"
                                    .formatted(at.getLineNr(), at.getColumnNr()));
        } catch (IOException wrong) {
            throw malformed(operation, "expected JSON");
        }
    }

    private static Malformed malformed(String operation, String why) {
        return new Malformed(
                "Unable to parse %s application request: %s".formatted(operation, why));
    }
}
