package dev.trellis.manifest.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.TreeMap;

/** Puts the fields of every object in the order of their names; lists keep theirs. */
final class Sorted {

    private Sorted() {}

    static JsonNode copy(JsonNode node) {
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(item -> array.add(copy(item)));
            return array;
        }
        if (node.isObject()) {
            var fields = new TreeMap<String, JsonNode>();
            node.properties().forEach(field -> fields.put(field.getKey(), copy(field.getValue())));
            var object = JsonNodeFactory.instance.objectNode();
            fields.forEach(object::set);
            return object;
        }
        return node;
    }
}
