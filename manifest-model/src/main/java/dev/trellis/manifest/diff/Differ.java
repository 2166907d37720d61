package dev.trellis.manifest.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Policy;
import dev.trellis.manifest.SecretRef;
import dev.trellis.manifest.codec.ManifestWriter;
import dev.trellis.manifest.rollout.RolloutPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Goes through two manifests, part by part. */
final class Differ {

    private final Manifest from;
    private final Manifest to;
    private final JsonNode fromTree;
    private final JsonNode toTree;
    private final Set<String> covered;
    private final List<Change> changes = new ArrayList<>();
    private final Leaves leaves = new Leaves(changes);

    Differ(Manifest from, Manifest to) {
        this.from = from;
        this.to = to;
        this.fromTree = plain(from);
        this.toTree = plain(to);
        this.covered = to.covered().stream().map(Component::name).collect(Collectors.toSet());
    }

    List<Change> changes() {
        for (var key : List.of("apiVersion", "kind", "metadata")) {
            leaves.compare(key, fromTree.path(key), toTree.path(key), ChangeClass.METADATA);
        }
        policies();
        components();
        return changes;
    }

    private static JsonNode plain(Manifest manifest) {
        var tree = ManifestWriter.tree(manifest);
        tree.withObject("/metadata/annotations").remove(Manifest.VERSION_ANNOTATION);
        return tree;
    }

    private void policies() {
        var before = Leaves.items(fromTree.at("/spec/policies"));
        var after = Leaves.items(toTree.at("/spec/policies"));
        Stream.concat(after.keySet().stream(), before.keySet().stream())
                .distinct()
                .forEach(name -> {
                    var one = before.getOrDefault(name, MissingNode.getInstance());
                    var other = after.getOrDefault(name, MissingNode.getInstance());
                    leaves.compare(
                            Leaves.item("spec.policies", name),
                            one,
                            other,
                            policyClass(name, one, other));
                });
    }

    private ChangeClass policyClass(String name, JsonNode before, JsonNode after) {
        var types = List.of(before.path("type").asText(), after.path("type").asText());
        if (types.contains(RolloutPolicy.TYPE)) {
            return ChangeClass.POLICY;
        }
        return types.contains(Policy.SECRET_TYPE) ? secretPolicyClass(name) : ChangeClass.METADATA;
    }

    /** Where a secret is kept is part of every reference to it. */
    private ChangeClass secretPolicyClass(String name) {
        boolean used = false;
        for (var component : to.components()) {
            boolean byLink =
                    component.links().stream()
                            .flatMap(link ->
                                    Stream.concat(
                                            link.source().secrets().stream(),
                                            link.target().secrets().stream()))
                            .anyMatch(secret -> secret.policy().equals(name));
            boolean byComponent = names(component.secrets(), name);
            if (byLink || (byComponent && !covered.contains(component.name()))) {
                return ChangeClass.MUTATE;
            }
            used |= byComponent;
        }
        return used ? ChangeClass.STAGED : ChangeClass.METADATA;
    }

    private static boolean names(List<SecretRef> secrets, String policy) {
        return secrets.stream().anyMatch(secret -> secret.policy().equals(policy));
    }

    private void components() {
        var before = Leaves.items(fromTree.at("/spec/components"));
        var after = Leaves.items(toTree.at("/spec/components"));
        var links = new LinkDiff(from, to, leaves);
        after.forEach((name, tree) -> {
            var path = Leaves.item("spec.components", name);
            var old = before.get(name);
            if (old == null) {
                leaves.add(path, ChangeClass.STAGED, Optional.empty(), Optional.of(bare(tree)));
            } else {
                component(path, name, old, tree);
            }
            links.component(name);
        });
        before.forEach((name, tree) -> {
            if (!after.containsKey(name)) {
                leaves.add(
                        Leaves.item("spec.components", name),
                        ChangeClass.STAGED,
                        Optional.of(bare(tree)),
                        Optional.empty());
                links.component(name);
            }
        });
    }

    private void component(String path, String name, JsonNode before, JsonNode after) {
        var content = covered.contains(name) ? ChangeClass.STAGED : ChangeClass.MUTATE;
        var properties = path + ".properties";
        leaves.compare(path + ".type", before.path("type"), after.path("type"), ChangeClass.STAGED);
        for (var key : List.of("image", "application", "id")) {
            leaves.compare(
                    properties + "." + key,
                    before.path("properties").path(key),
                    after.path("properties").path(key),
                    ChangeClass.STAGED);
        }
        for (var key : List.of("config", "secrets")) {
            handed(
                    properties + "." + key,
                    before.path("properties").path(key),
                    after.path("properties").path(key),
                    content);
        }
        new TraitDiff(leaves).traits(path + ".traits", before.path("traits"), after.path("traits"));
    }

    /**
     * A list of configs or secrets: which they are needs a restart, their content its own class.
     */
    private void handed(String path, JsonNode before, JsonNode after, ChangeClass content) {
        var old = Leaves.items(before);
        var now = Leaves.items(after);
        now.forEach((name, item) -> {
            var was = old.get(name);
            var itemPath = Leaves.item(path, name);
            if (was == null || was.has("properties") != item.has("properties")) {
                leaves.add(
                        itemPath, ChangeClass.STAGED, Optional.ofNullable(was), Optional.of(item));
            } else {
                leaves.compare(itemPath, was, item, content);
            }
        });
        old.forEach((name, item) -> {
            if (!now.containsKey(name)) {
                leaves.add(
                        Leaves.item(path, name),
                        ChangeClass.STAGED,
                        Optional.of(item),
                        Optional.empty());
            }
        });
        if (!List.copyOf(old.keySet()).equals(List.copyOf(now.keySet()))
                && old.keySet().equals(now.keySet())) {
            leaves.add(
                    path,
                    ChangeClass.STAGED,
                    Optional.of(Leaves.names(before)),
                    Optional.of(Leaves.names(after)));
        }
    }

    /** A component without its links, which are changes of their own. */
    private static JsonNode bare(JsonNode component) {
        var copy = component.<ObjectNode>deepCopy();
        if (copy.get("traits") instanceof ArrayNode traits) {
            for (int t = traits.size() - 1; t >= 0; t--) {
                if (traits.get(t).path("type").asText().equals("link")) {
                    traits.remove(t);
                }
            }
        }
        return copy;
    }
}
