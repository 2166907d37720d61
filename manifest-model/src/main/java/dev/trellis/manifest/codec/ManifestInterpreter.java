package dev.trellis.manifest.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trellis.manifest.Component;
import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Metadata;
import dev.trellis.manifest.Policy;
import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.manifest.schema.ManifestShape;
import dev.trellis.manifest.schema.RolloutShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the tree of a document as a manifest: its frame, metadata and policies. */
final class ManifestInterpreter {

    private final Reading reading;

    private ManifestInterpreter(Reading reading) {
        this.reading = reading;
    }

    /** A manifest of whatever could be read; only to be used if {@code reading} has no errors. */
    static Manifest interpret(Reading reading, Node root) {
        return new ManifestInterpreter(reading).manifest(root);
    }

    private Manifest manifest(Node root) {
        var top = FieldsReader.of(reading, "", root, ManifestShape.MANIFEST.what());
        top.only(ManifestShape.MANIFEST);
        var apiVersion = word(top, "apiVersion", Manifest.API_VERSION);
        var kind = word(top, "kind", Manifest.KIND);
        var metadata =
                top.required("metadata", "an object with the name of the application")
                        .map(this::metadata)
                        .orElseGet(() -> new Metadata("", new TreeMap<>(), new TreeMap<>()));
        var components = new ArrayList<Component>();
        var policies = new ArrayList<Policy>();
        top.required("spec", "an object with the components")
                .ifPresent(spec -> spec(spec, components, policies));
        return new Manifest(apiVersion, kind, metadata, components, policies);
    }

    /** wadm takes any text here, so any other is only a warning. */
    private String word(FieldsReader top, String key, String usual) {
        var found = top.text(key, "a text, normally " + usual);
        if (!found.isEmpty() && !found.equals(usual)) {
            reading.warning(
                    top.path(key),
                    top.keyPlace(key),
                    Rule.UNKNOWN_VALUE,
                    "found " + Quote.of(found) + ", expected " + usual + "; read as that");
        }
        return found;
    }

    private Metadata metadata(Node node) {
        var fields = FieldsReader.of(reading, "metadata", node, ManifestShape.METADATA.what());
        fields.only(ManifestShape.METADATA);
        return new Metadata(
                fields.text("name", "a text, the name of the application").strip(),
                texts(fields, "annotations"),
                texts(fields, "labels"));
    }

    private SortedMap<String, String> texts(FieldsReader fields, String key) {
        return fields.optional(key)
                .map(node -> Maps.texts(reading, fields.path(key), node, "texts by name"))
                .orElseGet(TreeMap::new);
    }

    private void spec(Node node, List<Component> components, List<Policy> policies) {
        var fields = FieldsReader.of(reading, "spec", node, ManifestShape.SPEC.what());
        fields.only(ManifestShape.SPEC);
        var listed =
                upTo(
                        Limits.COMPONENTS,
                        fields,
                        "components",
                        fields.requiredList("components", "a list of components"));
        for (int i = 0; i < listed.size(); i++) {
            var path = Paths.item("spec.components", i);
            components.add(ComponentInterpreter.component(reading, path, listed.get(i)));
        }
        var rules =
                upTo(
                        Limits.POLICIES,
                        fields,
                        "policies",
                        fields.list("policies", "a list of policies"));
        for (int i = 0; i < rules.size(); i++) {
            policies.add(policy(Paths.item("spec.policies", i), rules.get(i)));
        }
    }

    /** What is over the limit is not looked at: the limit is the problem. */
    private List<Node> upTo(int most, FieldsReader fields, String key, List<Node> items) {
        if (items.size() <= most) {
            return items;
        }
        reading.error(
                fields.path(key),
                fields.keyPlace(key),
                Rule.TOO_LARGE,
                items.size() + " " + key + ", expected at most " + most);
        return items.subList(0, most);
    }

    private Policy policy(String path, Node node) {
        var fields = FieldsReader.of(reading, path, node, ManifestShape.POLICY.frame().what());
        fields.only(ManifestShape.POLICY.frame());
        var type = fields.text("type", "a text, the type of the policy");
        return new Policy(
                fields.text("name", "a text, the name of the policy"),
                type,
                fields.required("properties", "an object, the settings of the policy")
                        .map(value -> settings(type, fields.path("properties"), value))
                        .orElseGet(JsonNodeFactory.instance::objectNode));
    }

    private JsonNode settings(String type, String path, Node node) {
        return type.equals(RolloutPolicy.TYPE)
                ? new ShapeReader(reading).object(path, node, RolloutShape.PROPERTIES)
                : free(path, node);
    }

    private JsonNode free(String path, Node node) {
        if (!(node instanceof Node.Fields)) {
            reading.error(
                    path,
                    node.at(),
                    Rule.WRONG_TYPE,
                    Say.wrongType(node, "an object, the settings of the policy"));
        }
        return Free.json(node);
    }
}
