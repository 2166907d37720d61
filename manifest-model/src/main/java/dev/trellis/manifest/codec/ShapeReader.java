package dev.trellis.manifest.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.manifest.check.Nearest;
import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.schema.Shape;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.manifest.terms.Durations;
import java.util.Optional;

/**
 * Reads a part of the tree by its shape. Whatever does not fit is reported where it is. What comes
 * out always has the shape, so that checks can go on: a field that does not fit is left out, and
 * where it must be there, or an item does not fit, a stand-in takes its place.
 */
final class ShapeReader {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Reading reading;

    ShapeReader(Reading reading) {
        this.reading = reading;
    }

    /** The object at {@code path}; one without fields if there is none, which is reported. */
    ObjectNode object(String path, Node node, Shape.Obj shape) {
        var fields = FieldsReader.of(reading, path, node, shape.what());
        fields.only(shape);
        var object = JSON.objectNode();
        for (var present : fields.all()) {
            shape.field(present.key()).ifPresent(field -> field(fields, field, object));
        }
        for (var field : shape.fields()) {
            if (field.required() && !object.has(field.name())) {
                if (field.shape() instanceof Shape.Word && fields.has(field.name())) {
                    return ShapeStandIn.object(shape); // the word says what the rest means
                }
                if (!fields.has(field.name())) {
                    var _ = fields.required(field.name(), expected(field.shape()));
                }
                object.set(field.name(), ShapeStandIn.of(field.shape()));
            }
        }
        return object;
    }

    private void field(FieldsReader fields, Shape.Field field, ObjectNode object) {
        var name = field.name();
        var value =
                field.required()
                        ? fields.required(name, expected(field.shape()))
                        : fields.optional(name);
        value.flatMap(node -> read(fields.path(name), node, field.shape()))
                .ifPresent(read -> object.set(name, read));
    }

    private Optional<JsonNode> read(String path, Node node, Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(path, node, text);
            case Shape.Word word -> word(path, node, word);
            case Shape.Whole(var least, var most) -> whole(path, node, least, most);
            case Shape.Decimal _ -> decimal(path, node);
            case Shape.Flag _ -> typed(path, node, Node.Type.BOOLEAN, expected(shape));
            case Shape.Share share -> share(path, node, share);
            case Shape.Length length -> length(path, node, length);
            case Shape.Written _ -> Optional.of(JSON.textNode(Maps.written(reading, path, node)));
            case Shape.Anything _ -> Optional.of(Free.json(node));
            case Shape.ListOf list -> list(path, node, list);
            case Shape.MapOf map -> map(path, node, map);
            case Shape.Obj object -> Optional.of(object(path, node, object));
            case Shape.Either either -> read(path, node, either.shape());
            case Shape.Typed typed -> read(path, node, typed.frame());
        };
    }

    private Optional<JsonNode> text(String path, Node node, Shape.Text shape) {
        if (!(node instanceof Node.Scalar(var type, var text, _)) || type != Node.Type.TEXT) {
            return wrongType(path, node, shape.what());
        }
        if (text.isBlank()) {
            reading.error(path, node.at(), Rule.MISSING_FIELD, "empty, expected " + shape.what());
            return Optional.empty();
        }
        if (!shape.accepts(text)) {
            return invalid(path, node, text, shape.what());
        }
        return Optional.of(JSON.textNode(text));
    }

    private Optional<JsonNode> word(String path, Node node, Shape.Word shape) {
        if (node instanceof Node.Fields(var fields, _, _, _)) {
            for (var field : fields) {
                if (shape.later().contains(field.key())) {
                    return later(path, node, field.key());
                }
            }
        }
        if (!(node instanceof Node.Scalar(_, var text, _))) {
            return wrongType(path, node, expected(shape));
        }
        if (shape.later().contains(text)) {
            return later(path, node, text);
        }
        if (!shape.words().contains(text)) {
            reading.error(
                    path,
                    node.at(),
                    Rule.UNKNOWN_VALUE,
                    "found "
                            + Quote.of(text)
                            + ", expected "
                            + Say.or(shape.words())
                            + Nearest.hint(text, shape.words()));
            return Optional.empty();
        }
        return Optional.of(JSON.textNode(text));
    }

    private Optional<JsonNode> later(String path, Node node, String word) {
        reading.error(
                path,
                node.at(),
                Rule.LATER,
                Quote.of(word) + " is for later and not supported yet; remove it");
        return Optional.empty();
    }

    private Optional<JsonNode> whole(String path, Node node, int least, int most) {
        var number = Numbers.within(reading, path, node, least, most);
        return number.isPresent()
                ? Optional.of(JSON.numberNode(number.getAsInt()))
                : Optional.empty();
    }

    private Optional<JsonNode> decimal(String path, Node node) {
        if (node instanceof Node.Scalar(var type, _, _)
                && (type == Node.Type.INTEGER || type == Node.Type.DECIMAL)) {
            var number = Free.json(node);
            if (number.isNumber() && Double.isFinite(number.doubleValue())) {
                return Optional.of(number);
            }
        }
        return wrongType(path, node, expected(new Shape.Decimal()));
    }

    private Optional<JsonNode> typed(String path, Node node, Node.Type type, String expected) {
        if (node instanceof Node.Scalar(var found, _, _) && found == type) {
            return Optional.of(Free.json(node));
        }
        return wrongType(path, node, expected);
    }

    private Optional<JsonNode> share(String path, Node node, Shape.Share shape) {
        if (!(node instanceof Node.Scalar(var type, var text, _))) {
            return wrongType(path, node, expected(shape));
        }
        if (type == Node.Type.INTEGER) {
            return whole(path, node, shape.least(), shape.most());
        }
        var share = Amount.percent(text);
        if (type != Node.Type.TEXT || share.isEmpty()) {
            reading.error(
                    path,
                    node.at(),
                    type == Node.Type.TEXT ? Rule.INVALID_VALUE : Rule.WRONG_TYPE,
                    Say.wrongType(node, expected(shape)) + Numbers.unquote(node));
            return Optional.empty();
        }
        if (shape.least() > 0 && share.get().zero()) {
            reading.error(
                    path,
                    node.at(),
                    Rule.OUT_OF_RANGE,
                    "found " + Quote.of(text) + ", expected " + expected(shape));
            return Optional.empty();
        }
        return Optional.of(JSON.textNode(text));
    }

    private Optional<JsonNode> length(String path, Node node, Shape.Length shape) {
        if (!(node instanceof Node.Scalar(var type, var text, _)) || type != Node.Type.TEXT) {
            var unit =
                    node instanceof Node.Scalar(var number, _, _) && number == Node.Type.INTEGER
                            ? "; add the unit, such as s or m"
                            : "";
            reading.error(path, node.at(), Rule.WRONG_TYPE, found(node) + expected(shape) + unit);
            return Optional.empty();
        }
        var length = Durations.parse(text);
        if (length.isEmpty()) {
            return invalid(path, node, text, expected(shape));
        }
        if (shape.positive() && length.get().isZero()) {
            reading.error(
                    path,
                    node.at(),
                    Rule.OUT_OF_RANGE,
                    "found " + Quote.of(text) + ", expected " + expected(shape));
            return Optional.empty();
        }
        return Optional.of(JSON.textNode(text));
    }

    private Optional<JsonNode> list(String path, Node node, Shape.ListOf shape) {
        if (!(node instanceof Node.Items(var items, var at, _, _))) {
            return wrongType(path, node, shape.what());
        }
        if (items.size() > shape.most() || items.size() < shape.least()) {
            reading.error(
                    path,
                    at,
                    items.size() > shape.most() ? Rule.TOO_LARGE : Rule.MISSING_FIELD,
                    "found "
                            + items.size()
                            + " entries, expected "
                            + shape.least()
                            + " to "
                            + shape.most());
        }
        var array = JSON.arrayNode();
        for (var item : items.subList(0, Math.min(items.size(), shape.most()))) {
            var itemPath = Paths.item(path, array.size());
            array.add(
                    read(itemPath, item, shape.item())
                            .orElseGet(() -> ShapeStandIn.of(shape.item())));
        }
        return Optional.of(array);
    }

    private Optional<JsonNode> map(String path, Node node, Shape.MapOf shape) {
        if (!(node instanceof Node.Fields(var fields, var at, _, _))) {
            return wrongType(path, node, Say.object(shape.what()));
        }
        if (fields.size() > shape.most()) {
            reading.error(
                    path,
                    at,
                    Rule.TOO_LARGE,
                    "found " + fields.size() + " entries, expected at most " + shape.most());
        }
        var object = JSON.objectNode();
        for (var field : fields.subList(0, Math.min(fields.size(), shape.most()))) {
            entry(path, field, shape.value()).ifPresent(read -> object.set(field.key(), read));
        }
        return Optional.of(object);
    }

    private Optional<JsonNode> entry(String path, Node.Field field, Shape shape) {
        var fieldPath = Paths.field(path, field.key());
        if (Say.empty(field.value())) {
            reading.error(
                    fieldPath,
                    field.at(),
                    Rule.MISSING_FIELD,
                    Quote.of(field.key()) + " has no value, expected " + expected(shape));
            return Optional.empty();
        }
        return read(fieldPath, field.value(), shape);
    }

    private Optional<JsonNode> wrongType(String path, Node node, String expected) {
        reading.error(path, node.at(), Rule.WRONG_TYPE, Say.wrongType(node, expected));
        return Optional.empty();
    }

    private Optional<JsonNode> invalid(String path, Node node, String text, String expected) {
        reading.error(
                path,
                node.at(),
                Rule.INVALID_VALUE,
                "found " + Quote.of(text) + ", expected " + expected);
        return Optional.empty();
    }

    private static String found(Node node) {
        return Say.wrongType(node, "");
    }

    private static String expected(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text.what();
            case Shape.Word word -> Say.or(word.words());
            case Shape.Whole(var least, var most) -> "a whole number from " + least + " to " + most;
            case Shape.Decimal _ -> "a number";
            case Shape.Flag _ -> "true or false";
            case Shape.Share(var least, var most) ->
                    "a whole number from "
                            + least
                            + " to "
                            + most
                            + ", or a share from "
                            + least
                            + "% to 100%";
            case Shape.Length(var positive) ->
                    "a length of time such as 90s, 15m or 24h, "
                            + (positive ? "longer than zero" : "or 0s")
                            + ", at most 365d";
            case Shape.Written _ -> "a text";
            case Shape.Anything _ -> "a value";
            case Shape.ListOf list -> list.what();
            case Shape.MapOf map -> Say.object(map.what());
            case Shape.Obj object -> Say.object(object.what());
            case Shape.Either(var newer, _) -> expected(newer);
            case Shape.Typed(var frame, _) -> Say.object(frame.what());
        };
    }
}
