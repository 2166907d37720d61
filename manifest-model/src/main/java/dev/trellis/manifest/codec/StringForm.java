package dev.trellis.manifest.codec;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.check.Findings;
import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.schema.ManifestShape;
import dev.trellis.manifest.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Puts what was sent as a text that holds YAML or JSON in the place of the text. Stock clients can
 * send the settings of a policy in no other way. Afterwards nothing knows which of the two
 * spellings a document had.
 */
final class StringForm {

    /** Levels around a property: document, spec, components, one, traits, one, properties. */
    private static final int AROUND = 7;

    private final Lines document;
    private final Findings findings;
    private int size;

    private StringForm(String document, Node root, Findings findings) {
        this.document = new Lines(document);
        this.findings = findings;
        this.size = root.size();
    }

    /**
     * The tree with every such text replaced; one that cannot be read is left out and reported.
     *
     * @throws Unreadable if all of it together is over the limit of values
     */
    static Node resolve(String document, Node root, Findings findings) throws Unreadable {
        return new StringForm(document, root, findings).root(root);
    }

    private Node root(Node root) throws Unreadable {
        return inField(
                root,
                "spec",
                spec ->
                        inField(
                                inField(
                                        spec,
                                        "policies",
                                        list -> items(list, "spec.policies", ManifestShape.POLICY)),
                                "components",
                                this::components));
    }

    private Node components(Node node) throws Unreadable {
        return eachItem(
                node,
                (component, i) ->
                        inField(
                                component,
                                "traits",
                                list ->
                                        items(
                                                list,
                                                Paths.item("spec.components", i) + ".traits",
                                                ManifestShape.TRAIT)));
    }

    private Node items(Node list, String path, Shape.Typed shape) throws Unreadable {
        return eachItem(
                list,
                (item, i) -> {
                    var properties = variant(item, shape);
                    return properties.isEmpty()
                            ? item
                            : inField(
                                    item,
                                    "properties",
                                    node ->
                                            properties(
                                                    node,
                                                    Paths.item(path, i) + ".properties",
                                                    properties.get()));
                });
    }

    private static Optional<Shape.Obj> variant(Node node, Shape.Typed shape) {
        if (node instanceof Node.Fields(var fields, _, _, _)) {
            for (var field : fields) {
                if (field.key().equals("type") && field.value() instanceof Node.Scalar type) {
                    return shape.variants().stream()
                            .filter(variant -> variant.type().equals(type.text()))
                            .map(Shape.Variant::properties)
                            .filter(Shape.Obj::stringForm)
                            .findFirst();
                }
            }
        }
        return Optional.empty();
    }

    private Node properties(Node node, String path, Shape.Obj shape) throws Unreadable {
        if (!(node instanceof Node.Fields fields)) {
            return node;
        }
        var resolved = new ArrayList<Node.Field>();
        boolean changed = false;
        for (var field : fields.fields()) {
            boolean text =
                    field.value() instanceof Node.Scalar(var type, _, _) && type == Node.Type.TEXT;
            if (text && shape.field(field.key()).filter(f -> f.shape().neverText()).isPresent()) {
                changed = true;
                var fieldPath = Paths.field(path, field.key());
                inside(fieldPath, (Node.Scalar) field.value())
                        .ifPresent(value ->
                                resolved.add(new Node.Field(field.key(), field.at(), value)));
            } else {
                resolved.add(field);
            }
        }
        return changed ? fields(resolved, fields.at()) : node;
    }

    private Optional<Node> inside(String path, Node.Scalar text) throws Unreadable {
        var places = InnerPlaces.of(document, text);
        if (text.text().isBlank()) {
            return Optional.of(new Node.Scalar(Node.Type.EMPTY, "", text.at()));
        }
        try {
            var parsed = parse(text.text());
            var node = parsed.node();
            for (var problem : parsed.findings().problems()) {
                report(path, problem, places);
            }
            if (node.height() > Limits.DEPTH - AROUND) {
                throw new Unreadable(
                        "",
                        new Place(1, 1),
                        Rule.TOO_DEEP,
                        "nested more than " + (Limits.DEPTH - AROUND) + " levels deep");
            }
            size += node.size();
            if (size > Limits.NODES) {
                throw new Unreadable(
                        path,
                        text.at(),
                        Rule.TOO_LARGE,
                        "more than "
                                + Limits.NODES
                                + " values, texts that hold YAML resolved; split the application");
            }
            return Optional.of(moved(node, places));
        } catch (Unreadable unreadable) {
            if (size > Limits.NODES) {
                throw unreadable;
            }
            report(path, unreadable.problem(), places);
            return Optional.empty();
        }
    }

    private record Parsed(Node node, Findings findings) {}

    private static Parsed parse(String text) throws Unreadable {
        var start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            var grower = new TreeGrower();
            try {
                return new Parsed(JsonTree.read(text, grower), grower.findings());
            } catch (Unreadable _) {
                // YAML in braces or brackets
            }
        }
        var grower = new TreeGrower();
        return new Parsed(YamlTree.read(text, grower), grower.findings());
    }

    private void report(String path, ManifestProblem problem, UnaryOperator<Place> places) {
        var inner = problem.path();
        findings.add(
                inner.isEmpty() || inner.startsWith("[") ? path + inner : path + "." + inner,
                places.apply(new Place(problem.line(), problem.column())),
                Rule.byId(problem.rule()),
                "inside the text: " + problem.message(),
                problem.severity());
    }

    private static Node moved(Node node, UnaryOperator<Place> places) {
        return switch (node) {
            case Node.Scalar(var type, var text, var at) ->
                    new Node.Scalar(type, text, places.apply(at));
            case Node.Items(var items, var at, var size, var height) ->
                    new Node.Items(
                            items.stream().map(item -> moved(item, places)).toList(),
                            places.apply(at),
                            size,
                            height);
            case Node.Fields(var fields, var at, var size, var height) ->
                    new Node.Fields(
                            fields.stream()
                                    .map(field ->
                                            new Node.Field(
                                                    field.key(),
                                                    places.apply(field.at()),
                                                    moved(field.value(), places)))
                                    .toList(),
                            places.apply(at),
                            size,
                            height);
        };
    }

    private interface Change {
        Node apply(Node node) throws Unreadable;
    }

    private interface ItemChange {
        Node apply(Node node, int index) throws Unreadable;
    }

    private static Node inField(Node node, String key, Change change) throws Unreadable {
        if (!(node instanceof Node.Fields fields)) {
            return node;
        }
        var changed = new ArrayList<Node.Field>();
        for (var field : fields.fields()) {
            changed.add(
                    field.key().equals(key)
                            ? new Node.Field(key, field.at(), change.apply(field.value()))
                            : field);
        }
        return changed.equals(fields.fields()) ? node : fields(changed, fields.at());
    }

    private static Node eachItem(Node node, ItemChange change) throws Unreadable {
        if (!(node instanceof Node.Items items)) {
            return node;
        }
        var changed = new ArrayList<Node>();
        for (var item : items.items()) {
            // of more than that, none is ever interpreted
            boolean counts = changed.size() < Limits.COMPONENTS;
            changed.add(counts ? change.apply(item, changed.size()) : item);
        }
        return changed.equals(items.items()) ? node : items(changed, items.at());
    }

    private static Node fields(List<Node.Field> fields, Place at) {
        int size = 1;
        int height = 1;
        for (var field : fields) {
            size += field.value().size();
            height = Math.max(height, 1 + field.value().height());
        }
        return new Node.Fields(List.copyOf(fields), at, size, height);
    }

    private static Node items(List<Node> items, Place at) {
        int size = 1;
        int height = 1;
        for (var item : items) {
            size += item.size();
            height = Math.max(height, 1 + item.height());
        }
        return new Node.Items(List.copyOf(items), at, size, height);
    }
}
