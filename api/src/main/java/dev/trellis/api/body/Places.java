package dev.trellis.api.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON tree, and where each of its values and names stands. */
final class Places {
    private static final int DEPTH = 32;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                    .build();

    /** From 1. */
    record Place(int line, int column) {}

    private final Map<String, Place> values = new HashMap<>();
    private final Map<String, Place> names = new HashMap<>();
    private final Map<String, Place> twice = new HashMap<>();
    private final JsonNode root;

    private Places(JsonParser tokens) throws IOException, MalformedBodyException {
        if (tokens.nextToken() == null) {
            throw new MalformedBodyException("expected an object, found nothing");
        }
        root = value(tokens, "");
        if (tokens.nextToken() != null) {
            throw new MalformedBodyException("expected one object, found more after it");
        }
    }

    static Places of(byte[] body) throws MalformedBodyException {
        try (var tokens = JSON.createParser(body)) {
            return new Places(tokens);
        } catch (JsonProcessingException broken) {
            var at = place(broken.getLocation());
            throw new MalformedBodyException(
                    "line %d, column %d: not well-formed JSON: %s"
                            .formatted(at.line(), at.column(), broken.getOriginalMessage()));
        } catch (IOException broken) {
            throw new MalformedBodyException("not well-formed JSON: " + broken.getMessage());
        }
    }

    JsonNode root() {
        return root;
    }

    /** Where the value stands; where the document begins, if there is none. */
    Place value(String path) {
        return values.getOrDefault(path, new Place(1, 1));
    }

    Place name(String path) {
        return names.getOrDefault(path, value(path));
    }

    /** Fields that their object has a second time. */
    Map<String, Place> twice() {
        return twice;
    }

    static String field(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    private JsonNode value(JsonParser tokens, String path) throws IOException {
        values.put(path, place(tokens.currentTokenLocation()));
        return switch (tokens.currentToken()) {
            case START_OBJECT -> object(tokens, path);
            case START_ARRAY -> {
                var items = NODES.arrayNode();
                while (tokens.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(tokens, item(path, items.size())));
                }
                yield items;
            }
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(tokens.getBooleanValue());
            case VALUE_NUMBER_INT -> NODES.numberNode(tokens.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(tokens.getDecimalValue());
            case VALUE_STRING -> NODES.textNode(tokens.getText());
            default -> NODES.nullNode();
        };
    }

    private JsonNode object(JsonParser tokens, String path) throws IOException {
        var fields = NODES.objectNode();
        while (tokens.nextToken() != JsonToken.END_OBJECT) {
            var name = tokens.currentName();
            var at = field(path, name);
            var place = place(tokens.currentTokenLocation());
            if (names.put(at, place) != null) {
                twice.put(at, place);
            }
            var _ = tokens.nextToken();
            fields.set(name, value(tokens, at));
        }
        return fields;
    }

    /** A parser that gives up at a limit does not say where. */
    private static Place place(@Nullable JsonLocation at) {
        return at == null
                ? new Place(1, 1)
                : new Place(Math.max(at.getLineNr(), 1), Math.max(at.getColumnNr(), 1));
    }
}
