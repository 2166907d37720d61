package dev.trellis.manifest.codec;

import dev.trellis.manifest.LinkEnd;
import dev.trellis.manifest.LinkTarget;
import dev.trellis.manifest.Trait;
import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.schema.ManifestShape;
import java.util.ArrayList;
import java.util.List;

/** Reads a link trait, in the spelling of today and in the older one. */
final class LinkInterpreter {

    private static final String SOURCE_CONFIG = "source_config";
    private static final String TARGET_CONFIG = "target_config";

    private final Reading reading;
    private final FieldsReader fields;

    private LinkInterpreter(Reading reading, FieldsReader fields) {
        this.reading = reading;
        this.fields = fields;
    }

    static Trait.Link link(Reading reading, FieldsReader trait) {
        return trait.required("properties", "an object " + ManifestShape.LINK.what())
                .map(node -> link(reading, trait.path("properties"), node))
                .orElseGet(TraitInterpreter::noLink);
    }

    private static Trait.Link link(Reading reading, String path, Node node) {
        var fields = FieldsReader.of(reading, path, node, ManifestShape.LINK.what());
        fields.only(ManifestShape.LINK);
        return new LinkInterpreter(reading, fields).link();
    }

    private Trait.Link link() {
        return new Trait.Link(
                fields.text("namespace", "a text such as wasi"),
                fields.text("package", "a text such as http"),
                interfaces(),
                fields.optionalText("name", "a text, the name of the link")
                        .orElse(Trait.DEFAULT_LINK_NAME),
                source(),
                target());
    }

    private List<String> interfaces() {
        var names = new ArrayList<String>();
        for (var node : fields.requiredList("interfaces", "a list of interface names")) {
            names.add(iface(Paths.item(fields.path("interfaces"), names.size()), node));
        }
        return names;
    }

    private String iface(String path, Node node) {
        if (node instanceof Node.Scalar(var type, var text, Place _)
                && type == Node.Type.TEXT
                && !text.isBlank()) {
            return text;
        }
        var expected = "a text, the name of an interface";
        reading.error(path, node.at(), Rule.WRONG_TYPE, Say.wrongType(node, expected));
        return "";
    }

    private LinkEnd source() {
        if (fields.has(SOURCE_CONFIG)) {
            if (fields.has("source")) {
                Older.ignored(reading, fields, SOURCE_CONFIG, "source");
            } else {
                Older.word(reading, fields, SOURCE_CONFIG, "source.config");
                reading.places()
                        .respell(fields.path("source") + ".config", fields.path(SOURCE_CONFIG));
                return new LinkEnd(Refs.configs(reading, fields, SOURCE_CONFIG), List.of());
            }
        }
        return fields.optional("source").map(this::end).orElse(LinkEnd.NONE);
    }

    private LinkEnd end(Node node) {
        var end =
                FieldsReader.of(
                        reading, fields.path("source"), node, ManifestShape.LINK_SOURCE.what());
        end.only(ManifestShape.LINK_SOURCE);
        return new LinkEnd(Refs.configs(reading, end), Refs.secrets(reading, end));
    }

    private LinkTarget target() {
        var node = fields.required("target", "an object with the name of a component");
        if (node.isEmpty()) {
            return TraitInterpreter.noLink().target();
        }
        if (node.get() instanceof Node.Scalar(var type, var name, _) && type == Node.Type.TEXT) {
            return olderTarget(name, node.get().at());
        }
        if (fields.has(TARGET_CONFIG)) {
            Older.ignored(reading, fields, TARGET_CONFIG, "target.config");
        }
        var path = fields.path("target");
        var target = FieldsReader.of(reading, path, node.get(), ManifestShape.LINK_TARGET.what());
        target.only(ManifestShape.LINK_TARGET);
        return new LinkTarget(
                target.text("name", "a text, the name of a component"),
                Refs.configs(reading, target),
                Refs.secrets(reading, target));
    }

    private LinkTarget olderTarget(String name, Place at) {
        if (name.isBlank()) {
            reading.error(
                    fields.path("target"),
                    at,
                    Rule.MISSING_FIELD,
                    "target is empty, expected the name of a component");
            return TraitInterpreter.noLink().target();
        }
        reading.warning(
                fields.path("target"),
                at,
                Rule.DEPRECATED,
                "a target as a text is an older spelling; write target.name: " + Quote.of(name));
        reading.places().respell(fields.path("target") + ".name", fields.path("target"));
        if (fields.has(TARGET_CONFIG)) {
            Older.word(reading, fields, TARGET_CONFIG, "target.config");
            reading.places().respell(fields.path("target") + ".config", fields.path(TARGET_CONFIG));
        }
        return new LinkTarget(name, Refs.configs(reading, fields, TARGET_CONFIG), List.of());
    }
}
