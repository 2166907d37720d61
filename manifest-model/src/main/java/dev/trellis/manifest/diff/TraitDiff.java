package dev.trellis.manifest.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.trellis.manifest.placement.Placement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Compares the traits of one component, links left out. */
final class TraitDiff {

    private static final String LINK = "link";
    private static final Set<String> OF_PLACEMENT =
            Set.of("spreadscaler", "daemonscaler", Placement.TYPE);

    private final Leaves leaves;

    TraitDiff(Leaves leaves) {
        this.leaves = leaves;
    }

    void traits(String path, JsonNode before, JsonNode after) {
        var old = byType(before);
        var now = byType(after);
        Stream.concat(now.keySet().stream(), old.keySet().stream())
                .distinct()
                .forEach(key -> {
                    var type = key.contains(" ") ? key.substring(0, key.indexOf(' ')) : key;
                    leaves.compare(
                            Leaves.item(path, key),
                            old.getOrDefault(key, MissingNode.getInstance()),
                            now.getOrDefault(key, MissingNode.getInstance()),
                            OF_PLACEMENT.contains(type)
                                    ? ChangeClass.PLACEMENT
                                    : ChangeClass.METADATA);
                });
    }

    /** By type; a second one of a type by type and number. */
    private static Map<String, JsonNode> byType(JsonNode traits) {
        var byType = new LinkedHashMap<String, JsonNode>();
        for (var trait : traits) {
            var type = trait.path("type").asText();
            if (!type.equals(LINK)) {
                var key = type;
                for (int n = 2; byType.containsKey(key); n++) {
                    key = type + " " + n;
                }
                byType.put(key, trait);
            }
        }
        return byType;
    }
}
