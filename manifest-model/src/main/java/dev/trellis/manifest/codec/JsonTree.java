package dev.trellis.manifest.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Rule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes a tree of a JSON document, token by token. */
final class JsonTree {

    private static final JsonFactory JSON = new JsonFactory();

    private final TreeGrower grower;
    private final JsonParser tokens;

    private JsonTree(JsonParser tokens, TreeGrower grower) {
        this.tokens = tokens;
        this.grower = grower;
    }

    static Node read(String document, TreeGrower grower) throws Unreadable {
        try (var tokens = JSON.createParser(document)) {
            return new JsonTree(tokens, grower).document();
        } catch (JsonProcessingException broken) {
            throw new Unreadable(
                    "",
                    place(broken.getLocation()),
                    Rule.SYNTAX,
                    "not readable as JSON: " + Texts.oneLine(broken.getOriginalMessage()));
        } catch (IOException broken) {
            throw new Unreadable(
                    "",
                    Place.NOWHERE,
                    Rule.SYNTAX,
                    "not readable as JSON: " + Texts.oneLine(broken.getMessage()));
        }
    }

    private Node document() throws IOException, Unreadable {
        var first = tokens.nextToken();
        if (first == null) {
            throw new Unreadable(
                    "", new Place(1, 1), Rule.SYNTAX, "the document is empty, expected a manifest");
        }
        var root = node(new Trail.Root(), 1);
        if (tokens.nextToken() != null) {
            throw new Unreadable(
                    "",
                    here(),
                    Rule.SYNTAX,
                    "a second document starts here, expected one manifest; send each by itself");
        }
        return root;
    }

    private Node node(Trail path, int depth) throws IOException, Unreadable {
        var at = here();
        return switch (tokens.currentToken()) {
            case START_OBJECT -> fields(path, depth, at);
            case START_ARRAY -> items(path, depth, at);
            case VALUE_NULL -> grower.scalar(path, Node.Type.EMPTY, "null", at);
            case VALUE_TRUE, VALUE_FALSE ->
                    grower.scalar(path, Node.Type.BOOLEAN, tokens.getText(), at);
            case VALUE_NUMBER_INT -> grower.scalar(path, Node.Type.INTEGER, tokens.getText(), at);
            case VALUE_NUMBER_FLOAT -> grower.scalar(path, Node.Type.DECIMAL, tokens.getText(), at);
            case VALUE_STRING -> grower.scalar(path, Node.Type.TEXT, tokens.getText(), at);
            default ->
                    throw new Unreadable(path.path(), at, Rule.SYNTAX, "a value is missing here");
        };
    }

    private Node items(Trail path, int depth, Place at) throws IOException, Unreadable {
        grower.enter(path, depth, at);
        var items = new TreeGrower.ItemsGrower(at);
        while (tokens.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(items.nextPath(path), depth + 1));
        }
        return items.done();
    }

    private Node fields(Trail path, int depth, Place at) throws IOException, Unreadable {
        grower.enter(path, depth, at);
        var fields = grower.new FieldsGrower(at);
        while (tokens.nextToken() != JsonToken.END_OBJECT) {
            var key = tokens.currentName();
            var keyAt = here();
            var fieldPath = new Trail.Field(path, key);
            var _ = tokens.nextToken();
            fields.add(fieldPath, key, keyAt, node(fieldPath, depth + 1));
        }
        return fields.done();
    }

    private Place here() {
        return place(tokens.currentTokenLocation());
    }

    private static Place place(@Nullable JsonLocation location) {
        return location == null
                ? Place.NOWHERE
                : new Place(Math.max(location.getLineNr(), 0), Math.max(location.getColumnNr(), 0));
    }
}
