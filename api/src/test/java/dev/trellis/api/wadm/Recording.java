package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was recorded of wadm and its clients, as far as it concerns the API. */
final class Recording {
    private static final String API = "wadm.api.";

    /**
     * One message.
     *
     * @param number of the line in the recording, from 1
     * @param data the payload; a missing node for an empty one
     * @param reply the first one; a missing node where there was none
     */
    record Line(int number, String subject, JsonNode headers, JsonNode data, JsonNode reply) {
        boolean isRequest() {
            return subject.startsWith(API);
        }

        boolean isStatus() {
            return subject.startsWith("wadm.status.");
        }

        boolean isEvent() {
            return subject.startsWith("wadm.evt.");
        }

        String rest() {
            return subject.substring(API.length());
        }

        byte[] payload() {
            if (data.isMissingNode()) {
                return new byte[0];
            }
            var text = data.isTextual() ? data.textValue() : data.toString();
            return text.getBytes(StandardCharsets.UTF_8);
        }

        Map<String, String> headerMap() {
            var map = new HashMap<String, String>();
            headers.properties().forEach(h -> map.put(h.getKey(), h.getValue().asText()));
            return map;
        }
    }

    private Recording() {}

    /** Those on wadm's own subjects, in order. */
    static List<Line> of(List<String> lines) {
        var all = new java.util.ArrayList<Line>();
        for (int i = 0; i < lines.size(); i++) {
            var json = Client.json(lines.get(i).getBytes(StandardCharsets.UTF_8));
            if (json.path("subject").asText().startsWith("wadm.")) {
                all.add(
                        new Line(
                                i + 1,
                                json.path("subject").asText(),
                                json.path("headers"),
                                json.path("data"),
                                json.path("replies").path(0)));
            }
        }
        return all;
    }
}
