package dev.trellis.manifest.codec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.SecretRef;

/** Configs and secrets as plain JSON. */
final class RefTree {

    private RefTree() {}

    static ObjectNode config(ConfigRef config) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("name", config.name());
        config.properties()
                .ifPresent(content -> tree.set("properties", ManifestTree.texts(content)));
        return tree;
    }

    static ObjectNode secret(SecretRef secret) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("name", secret.name());
        var properties = tree.putObject("properties");
        properties.put("policy", secret.policy());
        properties.put("key", secret.key());
        secret.field().ifPresent(field -> properties.put("field", field));
        secret.version().ifPresent(version -> properties.put("version", version));
        return tree;
    }
}
