package dev.trellis.manifest.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trellis.manifest.check.Paths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Compares two trees down to the smallest parts that differ. */
final class Leaves {

    private final List<Change> changes;

    Leaves(List<Change> changes) {
        this.changes = changes;
    }

    /** Adds whatever differs; a missing node is nothing. */
    void compare(String path, JsonNode from, JsonNode to, ChangeClass changeClass) {
        if (from.equals(to)) {
            return;
        }
        if (from.isObject() && to.isObject()) {
            byKey(fields(from), fields(to), key -> Paths.field(path, key), changeClass);
        } else if (named(from) && named(to)) {
            byKey(items(from), items(to), key -> item(path, key), changeClass);
            order(path, from, to, changeClass);
        } else {
            add(path, changeClass, present(from), present(to));
        }
    }

    void add(String path, ChangeClass changeClass, Optional<JsonNode> from, Optional<JsonNode> to) {
        changes.add(new Change(path, changeClass, from, to));
    }

    /** An item of a list that has names. */
    static String item(String path, String name) {
        return path + "[" + name + "]";
    }

    static Optional<JsonNode> present(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    /** The items of a list by their names, in order. */
    static Map<String, JsonNode> items(JsonNode list) {
        var items = new LinkedHashMap<String, JsonNode>();
        list.forEach(item -> items.put(item.path("name").asText(), item));
        return items;
    }

    private void byKey(
            Map<String, JsonNode> from,
            Map<String, JsonNode> to,
            Function<String, String> path,
            ChangeClass changeClass) {
        to.forEach((key, value) -> {
            var before = from.get(key);
            if (before == null) {
                add(path.apply(key), changeClass, Optional.empty(), Optional.of(value));
            } else {
                compare(path.apply(key), before, value, changeClass);
            }
        });
        from.forEach((key, value) -> {
            if (!to.containsKey(key)) {
                add(path.apply(key), changeClass, Optional.of(value), Optional.empty());
            }
        });
    }

    /** Named items that all stayed, in another order. */
    private void order(String path, JsonNode from, JsonNode to, ChangeClass changeClass) {
        var before = List.copyOf(items(from).keySet());
        var after = List.copyOf(items(to).keySet());
        if (!before.equals(after) && before.size() == after.size() && before.containsAll(after)) {
            add(path, changeClass, Optional.of(names(from)), Optional.of(names(to)));
        }
    }

    static JsonNode names(JsonNode list) {
        var names = JsonNodeFactory.instance.arrayNode();
        items(list).keySet().forEach(names::add);
        return names;
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        var fields = new LinkedHashMap<String, JsonNode>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    /** Whether every item has a name of its own. */
    private static boolean named(JsonNode list) {
        if (!list.isArray()) {
            return false;
        }
        var names = new ArrayList<String>();
        list.forEach(item -> names.add(item.path("name").asText()));
        return !names.contains("") && names.stream().distinct().count() == names.size();
    }
}
