package dev.trellis.manifest.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Names;
import dev.trellis.manifest.Trait;
import dev.trellis.manifest.codec.ManifestWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares links. Hosts know a link by the id of its source, the namespace, the package and the
 * name, and all of them share it: one of a new key can be added before, one of an old key removed
 * after, and one whose key stays changes for all at once.
 */
final class LinkDiff {

    /** What hosts know a link by. */
    private record Key(String source, String namespace, String packageName, String name) {}

    /** A link with the id that its target has. */
    private record Known(Key key, String target, JsonNode tree) {}

    private final Map<String, Map<String, Known>> before;
    private final Map<String, Map<String, Known>> after;
    private final Leaves leaves;

    LinkDiff(Manifest from, Manifest to, Leaves leaves) {
        this.before = links(from);
        this.after = links(to);
        this.leaves = leaves;
    }

    /** Adds what differs in the links of one component. */
    void component(String name) {
        var old = before.getOrDefault(name, Map.of());
        var now = after.getOrDefault(name, Map.of());
        var path = Leaves.item("spec.components", name) + ".traits";
        now.forEach((label, link) -> {
            var at = Leaves.item(path, label);
            var was = old.get(label);
            if (was != null && was.key().equals(link.key())) {
                changed(at, was, link);
            } else {
                leaves.add(
                        at,
                        was == null && holds(old, link.key())
                                ? ChangeClass.MUTATE
                                : ChangeClass.EXPAND,
                        Optional.empty(),
                        Optional.of(link.tree()));
            }
        });
        old.forEach((label, link) -> {
            var is = now.get(label);
            if (is == null || !is.key().equals(link.key())) {
                leaves.add(
                        Leaves.item(path, label),
                        is == null && holds(now, link.key())
                                ? ChangeClass.MUTATE
                                : ChangeClass.CONTRACT,
                        Optional.of(link.tree()),
                        Optional.empty());
            }
        });
    }

    /** One key may hold several links, told apart by their interfaces. */
    private static boolean holds(Map<String, Known> links, Key key) {
        return links.values().stream().anyMatch(link -> link.key().equals(key));
    }

    private void changed(String at, Known was, Known is) {
        leaves.compare(at, was.tree(), is.tree(), ChangeClass.MUTATE);
        if (!was.target().equals(is.target()) && was.tree().equals(is.tree())) {
            leaves.add(
                    at + ".properties.target",
                    ChangeClass.MUTATE,
                    Optional.of(text(was.target())),
                    Optional.of(text(is.target())));
        }
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    /** Links by the name of their component, then by their label. */
    private static Map<String, Map<String, Known>> links(Manifest manifest) {
        var ids = new LinkedHashMap<String, String>();
        for (var component : manifest.components()) {
            ids.put(component.name(), Names.componentId(manifest.name(), component));
        }
        var links = new LinkedHashMap<String, Map<String, Known>>();
        var trees = Leaves.items(ManifestWriter.tree(manifest).at("/spec/components"));
        for (var component : manifest.components()) {
            var tree = trees.get(component.name());
            if (tree != null) {
                links.put(component.name(), links(component, tree, ids));
            }
        }
        return links;
    }

    private static Map<String, Known> links(
            Component component, JsonNode tree, Map<String, String> ids) {
        var links = new LinkedHashMap<String, Known>();
        for (int t = 0; t < component.traits().size(); t++) {
            if (component.traits().get(t) instanceof Trait.Link link) {
                var key =
                        new Key(
                                ids.getOrDefault(component.name(), ""),
                                link.namespace(),
                                link.packageName(),
                                link.name());
                var label = label(link);
                links.put(
                        links.containsKey(label) ? label + " " + interfaces(link) : label,
                        new Known(
                                key,
                                ids.getOrDefault(link.target().name(), ""),
                                tree.path("traits").path(t)));
            }
        }
        return links;
    }

    private static String label(Trait.Link link) {
        return "link " + link.namespace() + ":" + link.packageName() + " " + link.name();
    }

    private static String interfaces(Trait.Link link) {
        return String.join(",", new TreeSet<>(link.interfaces()));
    }
}
