package dev.trellis.api.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.api.view.Json;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Server-sent events as bytes. JSON is on one line, so that each event has one line of data. */
final class Frames {
    private Frames() {}

    static byte[] event(String name, OptionalLong id, JsonNode data) {
        var text = new StringBuilder("event: ").append(name).append('\n');
        id.ifPresent(n -> text.append("id: ").append(n).append('\n'));
        text.append("data: ").append(Json.text(data)).append("\n\n");
        return bytes(text.toString());
    }

    /** Keeps a connection open on which nothing happens. */
    static byte[] comment() {
        return bytes(": still here\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
