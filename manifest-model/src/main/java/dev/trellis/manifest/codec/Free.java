package dev.trellis.manifest.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Turns a part of the tree that has no schema here into plain JSON. */
final class Free {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_DIGITS = 40;

    private Free() {}

    static JsonNode json(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar(scalar);
            case Node.Items(var items, _, _, _) -> {
                var array = JSON.arrayNode(items.size());
                items.forEach(item -> array.add(json(item)));
                yield array;
            }
            case Node.Fields(var fields, _, _, _) -> {
                var object = JSON.objectNode();
                fields.forEach(field -> object.set(field.key(), json(field.value())));
                yield object;
            }
        };
    }

    private static JsonNode scalar(Node.Scalar scalar) {
        return switch (scalar.type()) {
            case TEXT -> JSON.textNode(scalar.text());
            case EMPTY -> JSON.nullNode();
            case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
            case INTEGER -> integer(scalar.text());
            case DECIMAL -> decimal(scalar.text());
        };
    }

    // one class per range, so that equal numbers are equal nodes whatever they were read from
    private static JsonNode integer(String text) {
        if (text.length() > MOST_DIGITS) {
            return JSON.textNode(text);
        }
        var value = Numbers.value(text);
        if (value.bitLength() < Integer.SIZE) {
            return JSON.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE
                ? JSON.numberNode(value.longValue())
                : JSON.numberNode(value);
    }

    private static JsonNode decimal(String text) {
        // infinity and not-a-number, the only ones with an n, have no form in JSON
        boolean named = text.indexOf('n') >= 0 || text.indexOf('N') >= 0;
        if (named || text.length() > MOST_DIGITS) {
            return JSON.textNode(text);
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? JSON.textNode(text) : JSON.numberNode(value);
    }
}
