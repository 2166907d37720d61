package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Nearest;
import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.schema.Shape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the fields of one object. Whatever is wrong is reported where it is, and a stand-in is
 * returned (an empty text, an empty list, 0), so that reading goes on and every item keeps its
 * index.
 */
final class FieldsReader {

    private final Reading reading;
    private final String path;
    private final Place at;
    private final boolean broken;
    private final Map<String, Node.Field> fields = new LinkedHashMap<>();

    private FieldsReader(Reading reading, String path, Node node) {
        this.reading = reading;
        this.path = path;
        this.at = node.at();
        this.broken = !(node instanceof Node.Fields);
        if (node instanceof Node.Fields object) {
            object.fields().forEach(field -> fields.put(field.key(), field));
        }
    }

    /** Of {@code node}, which must be an object; {@code what} names it in messages. */
    static FieldsReader of(Reading reading, String path, Node node, String what) {
        var reader = new FieldsReader(reading, path, node);
        if (reader.broken) {
            reading.error(
                    path, node.at(), Rule.WRONG_TYPE, Say.wrongType(node, "an object, " + what));
        }
        return reader;
    }

    String path() {
        return path;
    }

    String path(String key) {
        return Paths.field(path, key);
    }

    /** Reports every field that objects of this shape do not have. */
    void only(Shape.Obj shape) {
        for (var field : fields.values()) {
            if (shape.field(field.key()).isEmpty()) {
                unknown(field, shape);
            }
        }
    }

    private void unknown(Node.Field field, Shape.Obj shape) {
        var name = Quote.of(field.key());
        if (shape.later().contains(field.key())) {
            reading.error(
                    path(field.key()),
                    field.at(),
                    Rule.LATER,
                    "the field " + name + " is for later and not supported yet; remove it");
        } else if (shape.unknown() == Shape.Unknown.REFUSED) {
            reading.error(
                    path(field.key()),
                    field.at(),
                    Rule.UNKNOWN_FIELD,
                    "unknown field "
                            + name
                            + ", expected "
                            + Say.or(shape.names())
                            + Nearest.hint(field.key(), shape.names()));
        } else {
            reading.warning(
                    path(field.key()),
                    field.at(),
                    Rule.UNKNOWN_FIELD,
                    "unknown field "
                            + name
                            + " is kept and has no effect"
                            + Nearest.hint(field.key(), shape.names()));
        }
    }

    /** Everything that is there, in order. */
    Collection<Node.Field> all() {
        return fields.values();
    }

    /** Whether there is an object at all. */
    boolean readable() {
        return !broken;
    }

    boolean has(String key) {
        return fields.containsKey(key);
    }

    /** Whether the field is there without a value. */
    boolean emptyField(String key) {
        var field = fields.get(key);
        return field != null && Say.empty(field.value());
    }

    /** Where the name of the field is; where the object is, if it has no such field. */
    Place keyPlace(String key) {
        var field = fields.get(key);
        return field == null ? at : field.at();
    }

    /** A field that must have a value. */
    Optional<Node> required(String key, String what) {
        var field = fields.get(key);
        if (field == null) {
            if (!broken) {
                reading.error(
                        path(key),
                        at,
                        Rule.MISSING_FIELD,
                        "the field " + Quote.of(key) + " is missing, expected " + what);
            }
            return Optional.empty();
        }
        if (Say.empty(field.value())) {
            reading.error(
                    path(key),
                    field.at(),
                    Rule.MISSING_FIELD,
                    Quote.of(key)
                            + " has no value, expected "
                            + what
                            + "; write it after the colon, or indented below");
            return Optional.empty();
        }
        return Optional.of(field.value());
    }

    /** A field that may be absent. One that is there without a value counts as absent. */
    Optional<Node> optional(String key) {
        var field = fields.get(key);
        if (field == null) {
            return Optional.empty();
        }
        if (Say.empty(field.value())) {
            reading.warning(
                    path(key),
                    field.at(),
                    Rule.EMPTY_FIELD,
                    Quote.of(key) + " has no value and counts as absent; fill it or remove it");
            return Optional.empty();
        }
        return Optional.of(field.value());
    }

    /** A text that must be there and not be empty. */
    String text(String key, String what) {
        return required(key, what).map(node -> text(key, node, what)).orElse("");
    }

    /** A text that may be absent, but not be empty. */
    Optional<String> optionalText(String key, String what) {
        return optional(key).map(node -> text(key, node, what));
    }

    private String text(String key, Node node, String what) {
        if (node instanceof Node.Scalar(var type, var text, _) && type == Node.Type.TEXT) {
            if (text.isBlank()) {
                reading.error(
                        path(key),
                        node.at(),
                        Rule.MISSING_FIELD,
                        Quote.of(key) + " is empty, expected " + what);
            }
            return text.isBlank() ? "" : text;
        }
        reading.error(path(key), node.at(), Rule.WRONG_TYPE, Say.wrongType(node, what));
        return "";
    }

    /** A text that may also be written as a number or boolean, and then is what was written. */
    String written(String key, String what) {
        return required(key, what).map(node -> Maps.written(reading, path(key), node)).orElse("");
    }

    Optional<String> optionalWritten(String key) {
        return optional(key).map(node -> Maps.written(reading, path(key), node));
    }

    /** A whole number from 0 to {@code most}. */
    int number(String key, int most, String what) {
        return required(key, what)
                .map(node -> Numbers.read(reading, path(key), node, most))
                .orElse(0);
    }

    OptionalInt optionalNumber(String key, int most) {
        return optional(key)
                .map(node -> OptionalInt.of(Numbers.read(reading, path(key), node, most)))
                .orElse(OptionalInt.empty());
    }

    /** Items of a list that may be absent. */
    List<Node> list(String key, String what) {
        return optional(key).map(node -> items(key, node, what)).orElse(List.of());
    }

    /** Items of a list that must be there. */
    List<Node> requiredList(String key, String what) {
        return required(key, what).map(node -> items(key, node, what)).orElse(List.of());
    }

    private List<Node> items(String key, Node node, String what) {
        if (node instanceof Node.Items(var items, _, _, _)) {
            return items;
        }
        reading.error(path(key), node.at(), Rule.WRONG_TYPE, Say.wrongType(node, what));
        return List.of();
    }
}
