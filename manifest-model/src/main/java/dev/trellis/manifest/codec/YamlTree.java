package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Makes a tree of a YAML document, event by event. Plain scalars are resolved here and not by the
 * library, whose schema is that of YAML 1.1.
 */
final class YamlTree {

    private static final String CORE_TAG = "tag:yaml.org,2002:";

    private final TreeGrower grower;
    private final Parser events;
    private final Map<String, Node> anchors = new HashMap<>();

    private YamlTree(String document, TreeGrower grower) {
        this.grower = grower;
        this.events = new ParserImpl(new StreamReader(document), new LoaderOptions());
    }

    static Node read(String document, TreeGrower grower) throws Unreadable {
        try {
            return new YamlTree(document, grower).document();
        } catch (MarkedYAMLException broken) {
            throw new Unreadable("", place(broken.getProblemMark()), Rule.SYNTAX, words(broken));
        } catch (ReaderException broken) {
            throw new Unreadable(
                    "",
                    Texts.place(document, broken.getPosition()),
                    Rule.SYNTAX,
                    "the character U+%04X cannot stand in YAML; remove it"
                            .formatted(broken.getCodePoint()));
        } catch (YAMLException broken) {
            throw new Unreadable(
                    "", Place.NOWHERE, Rule.SYNTAX, "not readable as YAML: " + detail(broken));
        }
    }

    private Node document() throws Unreadable {
        skip(); // start of the stream
        if (events.peekEvent().is(Event.ID.StreamEnd)) {
            throw new Unreadable(
                    "", new Place(1, 1), Rule.SYNTAX, "the document is empty, expected a manifest");
        }
        skip(); // start of the document
        var root = node(new Trail.Root(), 1);
        skip(); // end of the document
        var after = events.peekEvent();
        if (!after.is(Event.ID.StreamEnd)) {
            throw new Unreadable(
                    "",
                    place(after.getStartMark()),
                    Rule.SYNTAX,
                    "a second document starts here, expected one manifest; send each by itself");
        }
        return root;
    }

    private Node node(Trail path, int depth) throws Unreadable {
        var event = next();
        var at = place(event.getStartMark());
        var node =
                switch (event) {
                    case AliasEvent alias -> alias(path, alias, depth, at);
                    case ScalarEvent scalar -> scalar(path, scalar, at);
                    case SequenceStartEvent _ -> items(path, depth, at);
                    case MappingStartEvent _ -> fields(path, depth, at);
                    default ->
                            throw new Unreadable(
                                    path.path(), at, Rule.SYNTAX, "a value is missing here");
                };
        if (!(event instanceof AliasEvent) && ((NodeEvent) event).getAnchor() != null) {
            anchors.put(((NodeEvent) event).getAnchor(), node);
        }
        return node;
    }

    private Node alias(Trail path, AliasEvent alias, int depth, Place at) throws Unreadable {
        var node = anchors.get(alias.getAnchor());
        if (node == null) {
            throw new Unreadable(
                    path.path(),
                    at,
                    Rule.SYNTAX,
                    "the alias *"
                            + alias.getAnchor()
                            + " has no anchor before it; write &"
                            + alias.getAnchor()
                            + " where the value is");
        }
        grower.reuse(path, node, depth, at);
        return node;
    }

    private Node scalar(Trail path, ScalarEvent scalar, Place at) throws Unreadable {
        return grower.scalar(path, type(path, scalar, at), scalar.getValue(), at);
    }

    private static Node.Type type(Trail path, ScalarEvent scalar, Place at) throws Unreadable {
        var tag = Optional.ofNullable(scalar.getTag()).orElse("");
        if (tag.isEmpty()) {
            return scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN
                    ? YamlScalars.type(scalar.getValue())
                    : Node.Type.TEXT;
        }
        return switch (tag) {
            case "!", CORE_TAG + "str" -> Node.Type.TEXT;
            case CORE_TAG + "int", CORE_TAG + "float", CORE_TAG + "bool", CORE_TAG + "null" ->
                    YamlScalars.type(scalar.getValue());
            default ->
                    throw new Unreadable(
                            path.path(),
                            at,
                            Rule.SYNTAX,
                            "the tag " + Quote.of(tag) + " is not known here; remove it");
        };
    }

    private Node items(Trail path, int depth, Place at) throws Unreadable {
        grower.enter(path, depth, at);
        var items = new TreeGrower.ItemsGrower(at);
        while (!events.peekEvent().is(Event.ID.SequenceEnd)) {
            items.add(node(items.nextPath(path), depth + 1));
        }
        skip();
        return items.done();
    }

    private Node fields(Trail path, int depth, Place at) throws Unreadable {
        grower.enter(path, depth, at);
        var fields = grower.new FieldsGrower(at);
        while (!events.peekEvent().is(Event.ID.MappingEnd)) {
            var keyAt = place(events.peekEvent().getStartMark());
            if (!(node(path, depth + 1) instanceof Node.Scalar key)) {
                throw new Unreadable(
                        path.path(), keyAt, Rule.SYNTAX, "the name of a field must be one text");
            }
            var fieldPath = new Trail.Field(path, key.text());
            fields.add(fieldPath, key.text(), keyAt, node(fieldPath, depth + 1));
        }
        skip();
        return fields.done();
    }

    private void skip() {
        var _ = events.getEvent();
    }

    private Event next() {
        return events.getEvent();
    }

    private static Place place(Mark mark) {
        return mark == null ? Place.NOWHERE : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String words(MarkedYAMLException broken) {
        var context = Optional.ofNullable(broken.getContext()).map(c -> c + ": ").orElse("");
        return "not readable as YAML: " + context + Texts.oneLine(broken.getProblem());
    }

    private static String detail(YAMLException broken) {
        return Texts.oneLine(broken.getMessage());
    }
}
