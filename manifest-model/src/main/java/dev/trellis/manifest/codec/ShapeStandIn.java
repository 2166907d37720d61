package dev.trellis.manifest.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.manifest.schema.Shape;

/** The least value of a shape: what reading goes on with where the document has none that fits. */
final class ShapeStandIn {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ShapeStandIn() {}

    static JsonNode of(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> JSON.textNode(text.standIn());
            case Shape.Word word -> JSON.textNode(word.words().getFirst());
            case Shape.Whole whole -> JSON.numberNode(whole.least());
            case Shape.Decimal _ -> JSON.numberNode(0);
            case Shape.Flag _ -> JSON.booleanNode(false);
            case Shape.Share share -> JSON.numberNode(share.least());
            case Shape.Length _ -> JSON.textNode("1s");
            case Shape.Written _, Shape.Anything _ -> JSON.textNode("");
            case Shape.ListOf _ -> JSON.arrayNode();
            case Shape.MapOf _ -> JSON.objectNode();
            case Shape.Either(var newer, _) -> of(newer);
            case Shape.Typed(var frame, _) -> of(frame);
            case Shape.Obj object -> object(object);
        };
    }

    /** One with the fields that must be there. */
    static ObjectNode object(Shape.Obj shape) {
        var object = JSON.objectNode();
        shape.fields().stream()
                .filter(Shape.Field::required)
                .forEach(field -> object.set(field.name(), of(field.shape())));
        return object;
    }
}
