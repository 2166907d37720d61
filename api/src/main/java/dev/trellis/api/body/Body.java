package dev.trellis.api.body;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.Severity;
import dev.trellis.manifest.check.Nearest;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.terms.Amount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * An object of a body. Each field is asked for by its name and type; what is wrong is noted where
 * it stands and reads as absent, so that all problems are found at once. A field that nobody asked
 * for is a problem too. A field that is null is absent.
 */
public final class Body {
    private static final int LONGEST_TEXT = 4096;

    private final Places places;
    private final JsonNode object;
    private final String path;
    private final List<ManifestProblem> problems;
    private final List<Body> inner = new ArrayList<>();
    private final TreeSet<String> known = new TreeSet<>();

    private Body(Places places, JsonNode object, String path, List<ManifestProblem> problems) {
        this.places = places;
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    /**
     * Reads a body; an empty one stands for an empty object.
     *
     * @throws MalformedBodyException when it is not one JSON object
     */
    public static Body of(byte[] body) throws MalformedBodyException {
        var places = Places.of(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body);
        if (!places.root().isObject()) {
            throw new MalformedBodyException("expected an object, found " + words(places.root()));
        }
        var read = new Body(places, places.root(), "", new ArrayList<>());
        places.twice()
                .forEach((path, place) ->
                        read.problems.add(
                                problem(path, place, Rule.DUPLICATE_KEY, "is there twice")));
        return read;
    }

    /** A text, not longer than 4,096 characters. */
    public Optional<String> text(String name) {
        var value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isTextual()) {
            return wrong(name, Rule.WRONG_TYPE, "a text");
        }
        if (value.get().textValue().length() > LONGEST_TEXT) {
            return wrong(name, Rule.TOO_LARGE, "at most %d characters".formatted(LONGEST_TEXT));
        }
        return Optional.of(value.get().textValue());
    }

    /** True or false; absent is false. */
    public boolean flag(String name) {
        var value = value(name);
        if (value.isPresent() && !value.get().isBoolean()) {
            return this.<Boolean>wrong(name, Rule.WRONG_TYPE, "true or false").orElse(false);
        }
        return value.map(JsonNode::booleanValue).orElse(false);
    }

    /** A whole number from {@code least} to {@code most}. */
    public OptionalInt number(String name, int least, int most) {
        var value = value(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        var expected = "a whole number from %d to %d".formatted(least, most);
        if (!value.get().isIntegralNumber()) {
            wrongly(name, Rule.WRONG_TYPE, expected);
        } else if (!value.get().canConvertToInt()
                || value.get().intValue() < least
                || value.get().intValue() > most) {
            wrongly(name, Rule.OUT_OF_RANGE, expected);
        } else {
            return OptionalInt.of(value.get().intValue());
        }
        return OptionalInt.empty();
    }

    /** A number of hosts from 1, or a share of them from 1%. */
    public Optional<Amount> amount(String name) {
        var value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        var json = value.get();
        var read =
                json.isIntegralNumber() && json.canConvertToInt() && json.intValue() >= 0
                        ? Optional.<Amount>of(new Amount.Count(json.intValue()))
                        : Optional.of(json).filter(JsonNode::isTextual).flatMap(Body::share);
        return read.filter(amount -> !amount.zero())
                .or(() -> wrong(name, Rule.UNKNOWN_VALUE, "a number from 1, or 1% to 100%"));
    }

    private static Optional<Amount> share(JsonNode text) {
        return Amount.percent(text.textValue());
    }

    /** An object. */
    public Optional<Body> object(String name) {
        var value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return value.get().isObject()
                ? Optional.of(inner(value.get(), at(name)))
                : wrong(name, Rule.WRONG_TYPE, "an object");
    }

    /** Objects of a list; absent is an empty list. */
    public List<Body> objects(String name, int most) {
        var objects = new ArrayList<Body>();
        int index = 0;
        for (var item : items(name, most)) {
            var itemPath = Places.item(at(name), index++);
            if (item.isObject()) {
                objects.add(inner(item, itemPath));
            } else {
                wrongAt(itemPath, item, Rule.WRONG_TYPE, "an object");
            }
        }
        return objects;
    }

    /** Words of a list; absent is an empty list. */
    public List<String> words(String name, Collection<String> allowed) {
        var words = new ArrayList<String>();
        int index = 0;
        for (var item : items(name, allowed.size())) {
            var itemPath = Places.item(at(name), index++);
            if (item.isTextual() && allowed.contains(item.textValue())) {
                words.add(item.textValue());
            } else {
                wrongAt(itemPath, item, Rule.UNKNOWN_VALUE, "one of " + allowed);
            }
        }
        return words;
    }

    /** Whether the field has a value, of whatever type. */
    public boolean has(String name) {
        return value(name).isPresent();
    }

    /** The field as it stands, for who reads it further. */
    public Optional<JsonNode> json(String name) {
        return value(name);
    }

    /** Notes that a field, there or not, is not what it should be. */
    public void wrongly(String name, Rule rule, String expected) {
        var _ = known.add(name);
        var value = object.path(name);
        if (value.isMissingNode()) {
            problems.add(
                    problem(
                            at(name),
                            places.value(path),
                            Rule.MISSING_FIELD,
                            "is missing, expected " + expected));
        } else {
            wrongAt(at(name), value, rule, expected);
        }
    }

    /** All that is wrong, also in inner objects; by place. Asked for once all is read. */
    public List<ManifestProblem> problems() {
        unknown();
        return problems.stream().sorted(Body::byPlace).toList();
    }

    private void unknown() {
        inner.forEach(Body::unknown);
        for (var field : object.properties()) {
            var name = field.getKey();
            if (known.add(name)) {
                var asked = known.stream().filter(k -> !k.equals(name)).toList();
                problems.add(
                        problem(
                                at(name),
                                places.name(at(name)),
                                Rule.UNKNOWN_FIELD,
                                "unknown field, expected "
                                        + (asked.isEmpty() ? "none" : String.join(", ", asked))
                                        + Nearest.hint(name, asked)));
            }
        }
    }

    private static int byPlace(ManifestProblem a, ManifestProblem b) {
        return a.line() == b.line()
                ? Integer.compare(a.column(), b.column())
                : Integer.compare(a.line(), b.line());
    }

    private List<JsonNode> items(String name, int most) {
        var value = value(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!value.get().isArray()) {
            wrongly(name, Rule.WRONG_TYPE, "a list");
            return List.of();
        }
        if (value.get().size() > most) {
            wrongly(name, Rule.TOO_LARGE, "at most %d items".formatted(most));
            return List.of();
        }
        var items = new ArrayList<JsonNode>();
        value.get().forEach(items::add);
        return items;
    }

    private Body inner(JsonNode json, String at) {
        var body = new Body(places, json, at, problems);
        inner.add(body);
        return body;
    }

    private Optional<JsonNode> value(String name) {
        var _ = known.add(name);
        var value = object.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    private String at(String name) {
        return Places.field(path, name);
    }

    private <T> Optional<T> wrong(String name, Rule rule, String expected) {
        wrongly(name, rule, expected);
        return Optional.empty();
    }

    private void wrongAt(String at, JsonNode found, Rule rule, String expected) {
        problems.add(
                problem(
                        at,
                        places.value(at),
                        rule,
                        "expected " + expected + ", found " + words(found)));
    }

    private static ManifestProblem problem(
            String path, Places.Place place, Rule rule, String message) {
        return new ManifestProblem(
                path, place.line(), place.column(), rule.id(), message, Severity.ERROR);
    }

    private static String words(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list of " + json.size();
            case STRING -> Quote.of(json.textValue());
            case NUMBER, BOOLEAN -> json.asText();
            default -> "nothing";
        };
    }
}
