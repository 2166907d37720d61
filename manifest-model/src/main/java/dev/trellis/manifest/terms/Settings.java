package dev.trellis.manifest.terms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object that was already checked against its shape. A field that is absent or null is
 * empty; one that cannot be read is an {@link IllegalArgumentException}, for only code that put a
 * manifest together by itself can bring one here.
 */
public final class Settings {

    private final JsonNode object;

    public Settings(JsonNode object) {
        this.object = object;
    }

    /** Whether the field has a value. */
    public boolean has(String key) {
        return !field(key).isMissingNode();
    }

    /** A text. */
    public Optional<String> text(String key) {
        return value(key, node -> node.isTextual() ? node.asText() : null);
    }

    /** A whole number. */
    public OptionalInt integer(String key) {
        return value(key, node -> node.canConvertToExactIntegral() ? node.intValue() : null)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /** Any number. */
    public OptionalDouble decimal(String key) {
        return value(key, node -> node.isNumber() ? node.doubleValue() : null)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    /** A boolean; absent is false. */
    public boolean flag(String key) {
        return value(key, node -> node.isBoolean() ? node.booleanValue() : null).orElse(false);
    }

    /** A number or a share. */
    public Optional<Amount> amount(String key) {
        return value(
                key,
                node ->
                        node.canConvertToExactIntegral()
                                ? new Amount.Count(node.intValue())
                                : Amount.percent(node.asText()).orElse(null));
    }

    /** A length of time. */
    public Optional<Duration> duration(String key) {
        return value(key, node -> Durations.parse(node.asText()).orElse(null));
    }

    /** One of the {@code choices}. */
    public <T extends Worded> Optional<T> word(String key, T[] choices) {
        return value(
                key,
                node -> {
                    for (var choice : choices) {
                        if (choice.word().equals(node.asText())) {
                            return choice;
                        }
                    }
                    return null;
                });
    }

    /** An object; empty is absent. */
    public Optional<Settings> object(String key) {
        return value(key, node -> node.isObject() ? new Settings(node) : null);
    }

    /** A list of objects; absent is empty. */
    public <T> List<T> objects(String key, Function<Settings, T> item) {
        var items = new ArrayList<T>();
        field(key).forEach(node -> items.add(item.apply(new Settings(node))));
        return items;
    }

    /** A list of texts; absent is empty. */
    public List<String> texts(String key) {
        var texts = new ArrayList<String>();
        field(key).forEach(node -> texts.add(node.asText()));
        return texts;
    }

    /** Texts by name; absent is empty. */
    public SortedMap<String, String> map(String key) {
        return objectsByName(key, JsonNode::asText);
    }

    /** Objects by name; absent is empty. */
    public <T> SortedMap<String, T> named(String key, Function<Settings, T> item) {
        return objectsByName(key, node -> item.apply(new Settings(node)));
    }

    /** A selector of labels; absent selects every host. */
    public Selector selector(String key) {
        return object(key).map(Settings::asSelector).orElse(Selector.EVERY);
    }

    /** This object itself as a selector; other fields of it are not looked at. */
    public Selector asSelector() {
        return new Selector(map("matchLabels"), expressions());
    }

    /** The field {@code matchExpressions}; absent is empty. */
    public List<MatchExpression> expressions() {
        return objects(
                "matchExpressions",
                expression ->
                        new MatchExpression(
                                expression.text("key").orElseThrow(),
                                expression
                                        .word("operator", MatchExpression.Operator.values())
                                        .orElseThrow(),
                                expression.texts("values")));
    }

    private <T> SortedMap<String, T> objectsByName(String key, Function<JsonNode, T> item) {
        var named = new TreeMap<String, T>();
        field(key)
                .properties()
                .forEach(field -> named.put(field.getKey(), item.apply(field.getValue())));
        return named;
    }

    private JsonNode field(String key) {
        var node = object.path(key);
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    private <T> Optional<T> value(String key, Function<JsonNode, @Nullable T> read) {
        var node = field(key);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        var value = read.apply(node);
        if (value == null) {
            throw new IllegalArgumentException("cannot be read: " + key + ": " + node);
        }
        return Optional.of(value);
    }
}
