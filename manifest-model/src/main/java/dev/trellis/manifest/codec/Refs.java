package dev.trellis.manifest.codec;

import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.SecretRef;
import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.schema.ManifestShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Reads the lists of configs and secrets that components and both ends of links have. */
final class Refs {

    private Refs() {}

    static List<ConfigRef> configs(Reading reading, FieldsReader owner) {
        return configs(reading, owner, "config");
    }

    /** The same from an older field of the same content. */
    static List<ConfigRef> configs(Reading reading, FieldsReader owner, String key) {
        var configs = new ArrayList<ConfigRef>();
        for (var node : owner.list(key, "a list of configs, each with name and properties")) {
            configs.add(config(reading, Paths.item(owner.path(key), configs.size()), node));
        }
        return configs;
    }

    private static ConfigRef config(Reading reading, String path, Node node) {
        var fields = FieldsReader.of(reading, path, node, ManifestShape.CONFIG.what());
        fields.only(ManifestShape.CONFIG);
        return new ConfigRef(
                fields.text("name", "a text, the name of the config"), content(reading, fields));
    }

    private static Optional<SortedMap<String, String>> content(
            Reading reading, FieldsReader fields) {
        if (fields.emptyField("properties")) {
            reading.warning(
                    fields.path("properties"),
                    fields.keyPlace("properties"),
                    Rule.EMPTY_FIELD,
                    "properties has no value, so the config is external: somebody else keeps it;"
                            + " remove the field if that is meant, else write the properties"
                            + " indented below, or {} for none");
            return Optional.empty();
        }
        return fields.optional("properties")
                .map(value ->
                        Maps.texts(reading, fields.path("properties"), value, "texts by name"));
    }

    static List<SecretRef> secrets(Reading reading, FieldsReader owner) {
        var secrets = new ArrayList<SecretRef>();
        for (var node : owner.list("secrets", "a list of secrets, each with name and properties")) {
            secrets.add(secret(reading, Paths.item(owner.path("secrets"), secrets.size()), node));
        }
        return secrets;
    }

    private static SecretRef secret(Reading reading, String path, Node node) {
        var fields = FieldsReader.of(reading, path, node, ManifestShape.SECRET.what());
        fields.only(ManifestShape.SECRET);
        var name = fields.text("name", "a text, the name of the secret");
        return fields.required("properties", "an object with policy and key")
                .map(value -> secret(reading, name, fields.path("properties"), value))
                .orElseGet(() -> new SecretRef(name, "", "", Optional.empty(), Optional.empty()));
    }

    private static SecretRef secret(Reading reading, String name, String path, Node node) {
        var fields = FieldsReader.of(reading, path, node, ManifestShape.SECRET_PROPERTIES.what());
        fields.only(ManifestShape.SECRET_PROPERTIES);
        return new SecretRef(
                name,
                fields.text("policy", "a text, the name of a policy"),
                fields.written("key", "a text, the key in the backend"),
                fields.optionalWritten("field"),
                fields.optionalWritten("version"));
    }
}
