package dev.trellis.scheduler.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Problems and answers recorded once from the reference model, one JSON object a line. */
final class Recorded {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Recorded() {}

    static List<JsonNode> read(String name) throws IOException {
        var raw = Objects.requireNonNull(Recorded.class.getResourceAsStream("/place/" + name));
        try (var reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(raw), UTF_8))) {
            return reader.lines().map(Recorded::parse).toList();
        }
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException broken) {
            throw new IllegalArgumentException(line, broken);
        }
    }
}
