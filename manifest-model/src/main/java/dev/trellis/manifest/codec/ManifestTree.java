package dev.trellis.manifest.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Policy;
import dev.trellis.manifest.Source;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A manifest as plain JSON, ready to be written. */
final class ManifestTree {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ManifestTree() {}

    static ObjectNode of(Manifest manifest) {
        var tree = JSON.objectNode();
        tree.put("apiVersion", manifest.apiVersion());
        tree.put("kind", manifest.kind());
        var metadata = tree.putObject("metadata");
        metadata.put("name", manifest.name());
        metadata.set("annotations", texts(manifest.metadata().annotations()));
        if (!manifest.metadata().labels().isEmpty()) {
            metadata.set("labels", texts(manifest.metadata().labels()));
        }
        var spec = tree.putObject("spec");
        spec.set("components", array(manifest.components(), ManifestTree::component));
        putList(spec, "policies", manifest.policies(), ManifestTree::policy);
        return tree;
    }

    private static ObjectNode component(Component component) {
        var tree = JSON.objectNode();
        tree.put("name", component.name());
        tree.put(
                "type",
                switch (component.kind()) {
                    case COMPONENT -> "component";
                    case CAPABILITY -> "capability";
                });
        var properties = tree.putObject("properties");
        switch (component.source()) {
            case Source.Image(var reference) -> properties.put("image", reference);
            case Source.Shared(var application, var name) ->
                    properties
                            .putObject("application")
                            .put("name", application)
                            .put("component", name);
        }
        component.id().ifPresent(id -> properties.put("id", id));
        putList(properties, "config", component.config(), RefTree::config);
        putList(properties, "secrets", component.secrets(), RefTree::secret);
        putList(tree, "traits", component.traits(), TraitTree::trait);
        return tree;
    }

    private static ObjectNode policy(Policy policy) {
        var tree = JSON.objectNode();
        tree.put("name", policy.name());
        tree.put("type", policy.type());
        tree.set("properties", policy.properties().deepCopy());
        return tree;
    }

    static ObjectNode texts(Map<String, String> texts) {
        var tree = JSON.objectNode();
        texts.forEach(tree::put);
        return tree;
    }

    static <T> ArrayNode array(List<T> items, Function<T, ? extends JsonNode> form) {
        var array = JSON.arrayNode(items.size());
        items.forEach(item -> array.add(form.apply(item)));
        return array;
    }

    /** An empty list counts as not given. */
    static <T> void putList(
            ObjectNode tree, String key, List<T> items, Function<T, ? extends JsonNode> form) {
        if (!items.isEmpty()) {
            tree.set(key, array(items, form));
        }
    }
}
