package dev.trellis.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.manifest.terms.Durations;
import java.util.List;
import java.util.regex.Pattern;

/** Writes shapes as JSON Schema; every object with fields of its own is a definition. */
final class SchemaWriter {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode definitions = JSON.objectNode();

    ObjectNode document(Shape.Obj root) {
        var document = JSON.objectNode();
        document.put("$schema", DIALECT);
        document.put("title", "Trellis application manifest");
        document.setAll(fields(root));
        document.set("$defs", definitions);
        return document;
    }

    private ObjectNode of(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(text);
            case Shape.Word word -> words(word.words());
            case Shape.Whole(var least, var most) -> whole(least, most);
            case Shape.Decimal _ -> type("number");
            case Shape.Flag _ -> type("boolean");
            case Shape.Share(var least, var most) ->
                    anyOf(whole(least, most), pattern(share(least)));
            case Shape.Length(var positive) -> length(positive);
            case Shape.Written _ -> types("string", "number", "boolean");
            case Shape.Anything _ -> JSON.objectNode();
            case Shape.ListOf list -> list(list);
            case Shape.MapOf(_, var value, var most) -> map(value, most);
            case Shape.Either(var newer, var older) -> anyOf(of(newer), older(of(older)));
            case Shape.Obj object -> reference(object);
            case Shape.Typed typed -> typed(typed);
        };
    }

    private static ObjectNode text(Shape.Text text) {
        var node = type("string").put("pattern", "\\S");
        text.form().ifPresent(form -> node.put("pattern", anchored(form)));
        if (text.most() < Integer.MAX_VALUE) {
            node.put("maxLength", text.most());
        }
        return node;
    }

    private static ObjectNode words(List<String> words) {
        var node = JSON.objectNode();
        words.forEach(node.putArray("enum")::add);
        return node;
    }

    private static ObjectNode whole(int least, int most) {
        return type("integer").put("minimum", least).put("maximum", most);
    }

    /** Zero is no share where the least is one. */
    private static String share(int least) {
        var form = "^" + Amount.PERCENT.pattern() + "$";
        return least == 0 ? form : form.replace("[1-9]?[0-9]", "[1-9][0-9]?");
    }

    private static ObjectNode length(boolean positive) {
        var node = pattern(anchored(Durations.FORM));
        if (positive) {
            node.putObject("not").put("pattern", "^(0+(d|h|m|s|ms))+$");
        }
        return node;
    }

    private ObjectNode list(Shape.ListOf list) {
        var node = type("array");
        node.set("items", of(list.item()));
        if (list.least() > 0) {
            node.put("minItems", list.least());
        }
        if (list.most() < Integer.MAX_VALUE) {
            node.put("maxItems", list.most());
        }
        return node;
    }

    private ObjectNode map(Shape value, int most) {
        var node = type("object");
        node.set("additionalProperties", of(value));
        if (most < Integer.MAX_VALUE) {
            node.put("maxProperties", most);
        }
        return node;
    }

    /** The frame, and beside it what each type says of the properties. */
    private ObjectNode typed(Shape.Typed typed) {
        var name = typed.frame().name();
        if (!definitions.has(name)) {
            definitions.set(name, JSON.objectNode()); // holds its place
            var frame = fields(typed.frame());
            var variants = frame.putArray("allOf");
            for (var variant : typed.variants()) {
                variants.add(variant(typed.frame(), variant));
            }
            definitions.set(name, frame);
        }
        return ref(name);
    }

    private ObjectNode variant(Shape.Obj frame, Shape.Variant variant) {
        var node = JSON.objectNode();
        var type = node.putObject("if");
        type.putObject("properties").putObject("type").put("const", variant.type());
        type.putArray("required").add("type");
        var then = node.putObject("then");
        boolean needed =
                !variant.properties().anyOf().isEmpty()
                        || variant.properties().fields().stream().anyMatch(Shape.Field::required);
        var properties = reference(variant.properties());
        boolean frameNeeds = frame.field("properties").filter(Shape.Field::required).isPresent();
        then.putObject("properties")
                .set("properties", needed || frameNeeds ? properties : orNull(properties));
        if (needed) {
            then.putArray("required").add("properties");
        }
        return node;
    }

    private ObjectNode reference(Shape.Obj object) {
        if (!definitions.has(object.name())) {
            definitions.set(object.name(), JSON.objectNode()); // holds its place
            definitions.set(object.name(), fields(object));
        }
        return ref(object.name());
    }

    private ObjectNode fields(Shape.Obj object) {
        var node = type("object");
        var properties = node.putObject("properties");
        var required = JSON.arrayNode();
        for (var field : object.fields()) {
            properties.set(field.name(), field(object, field));
            if (field.required()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        if (!object.anyOf().isEmpty()) {
            var any = node.putArray("anyOf");
            object.anyOf().forEach(name -> any.addObject().putArray("required").add(name));
        }
        if (object.unknown() == Shape.Unknown.REFUSED) {
            node.put("additionalProperties", false);
        }
        return node;
    }

    private ObjectNode field(Shape.Obj object, Shape.Field field) {
        var shape = of(field.shape());
        if (object.stringForm() && field.shape().neverText()) {
            shape = anyOf(shape, type("string").put("contentMediaType", "application/yaml"));
        }
        var node = field.required() ? shape : orNull(shape);
        node.put("description", field.doc());
        if (field.older()) {
            node.put("deprecated", true);
        }
        if (!field.byDefault().isEmpty()) {
            node.set("default", written(field));
        }
        return node;
    }

    private static JsonNode written(Shape.Field field) {
        var text = field.byDefault();
        return switch (field.shape()) {
            case Shape.Flag _ -> JSON.booleanNode(Boolean.parseBoolean(text));
            case Shape.Whole _, Shape.Share _ when text.chars().allMatch(Character::isDigit) ->
                    JSON.numberNode(Integer.parseInt(text));
            default -> JSON.textNode(text);
        };
    }

    /** A field that is there without a value counts as absent. */
    private static ObjectNode orNull(ObjectNode shape) {
        return shape.isEmpty() ? shape : anyOf(shape, type("null"));
    }

    private static ObjectNode older(ObjectNode node) {
        return node.put("deprecated", true);
    }

    private static ObjectNode anyOf(ObjectNode... shapes) {
        var node = JSON.objectNode();
        var any = node.putArray("anyOf");
        for (var shape : shapes) {
            if (shape.size() == 1 && shape.has("anyOf")) {
                shape.get("anyOf").forEach(any::add);
            } else {
                any.add(shape);
            }
        }
        return node;
    }

    private static ObjectNode ref(String name) {
        return JSON.objectNode().put("$ref", "#/$defs/" + name);
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode types(String... types) {
        var node = JSON.objectNode();
        List.of(types).forEach(node.putArray("type")::add);
        return node;
    }

    private static ObjectNode pattern(String pattern) {
        return type("string").put("pattern", pattern);
    }

    private static String anchored(Pattern form) {
        return "^(?:" + form.pattern() + ")$";
    }
}
