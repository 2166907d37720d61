package dev.trellis.manifest.codec;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.Trait;
import dev.trellis.manifest.check.Nearest;
import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.schema.ManifestShape;
import java.util.ArrayList;
import java.util.List;

/** Reads one component or provider. */
final class ComponentInterpreter {

    private static final List<String> TYPES = List.of("component", "capability");

    private final Reading reading;

    private ComponentInterpreter(Reading reading) {
        this.reading = reading;
    }

    static Component component(Reading reading, String path, Node node) {
        return new ComponentInterpreter(reading).component(path, node);
    }

    private Component component(String path, Node node) {
        var fields = FieldsReader.of(reading, path, node, ManifestShape.COMPONENT.what());
        fields.only(ManifestShape.COMPONENT);
        var name = fields.text("name", "a text, the name of the component");
        var kind = kind(fields);
        var properties =
                fields.required("properties", "an object with image or application")
                        .map(value -> properties(fields.path("properties"), value));
        var traits = traits(fields);
        return new Component(
                name,
                kind,
                properties.map(p -> source(p, fields)).orElseGet(() -> new Source.Image("")),
                properties.flatMap(p -> p.optionalText("id", "a text, the id in the lattice")),
                properties.map(p -> Refs.configs(reading, p)).orElse(List.of()),
                properties.map(p -> Refs.secrets(reading, p)).orElse(List.of()),
                traits);
    }

    private FieldsReader properties(String path, Node node) {
        var properties =
                FieldsReader.of(reading, path, node, ManifestShape.COMPONENT_PROPERTIES.what());
        properties.only(ManifestShape.COMPONENT_PROPERTIES);
        return properties;
    }

    private Component.Kind kind(FieldsReader fields) {
        var type = fields.text("type", "a text, " + Say.or(TYPES));
        return switch (type) {
            case "component", "" -> Component.Kind.COMPONENT;
            case "capability" -> Component.Kind.CAPABILITY;
            case "actor" -> {
                reading.warning(
                        fields.path("type"),
                        fields.keyPlace("type"),
                        Rule.DEPRECATED,
                        "actor is an older word; write component");
                yield Component.Kind.COMPONENT;
            }
            default -> {
                reading.error(
                        fields.path("type"),
                        fields.keyPlace("type"),
                        Rule.UNKNOWN_VALUE,
                        "found "
                                + Quote.of(type)
                                + ", expected "
                                + Say.or(TYPES)
                                + Nearest.hint(type, TYPES));
                yield Component.Kind.COMPONENT;
            }
        };
    }

    private Source source(FieldsReader properties, FieldsReader component) {
        var application = properties.optional("application").map(node -> shared(properties, node));
        if (!properties.has("image") && application.isPresent()) {
            return application.get();
        }
        var image = properties.optionalText("image", "a text, the reference of an image");
        if (image.isPresent() && application.isPresent()) {
            reading.error(
                    properties.path("application"),
                    properties.keyPlace("application"),
                    Rule.CONFLICT,
                    "both image and application are given, expected one of them; keep image to run"
                            + " it here, application to use one that another application runs");
        } else if (image.isEmpty() && application.isEmpty()) {
            missing(properties, component.keyPlace("properties"));
        }
        return application.isPresent() && image.isEmpty()
                ? application.get()
                : new Source.Image(image.orElse(""));
    }

    private void missing(FieldsReader properties, Place at) {
        if (properties.readable()) {
            reading.error(
                    properties.path("image"),
                    at,
                    Rule.MISSING_FIELD,
                    "neither image nor application is given, expected one of them");
        }
    }

    private Source shared(FieldsReader properties, Node node) {
        var path = properties.path("application");
        var fields = FieldsReader.of(reading, path, node, ManifestShape.APPLICATION.what());
        fields.only(ManifestShape.APPLICATION);
        return new Source.Shared(
                fields.text("name", "a text, the name of the shared application"),
                fields.text("component", "a text, the name of its component"));
    }

    private List<Trait> traits(FieldsReader fields) {
        var traits = new ArrayList<Trait>();
        for (var node : fields.list("traits", "a list of traits")) {
            var path = Paths.item(fields.path("traits"), traits.size());
            traits.add(TraitInterpreter.trait(reading, path, node));
        }
        return traits;
    }
}
