package dev.trellis.manifest.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.trellis.manifest.LinkEnd;
import dev.trellis.manifest.Spread;
import dev.trellis.manifest.Trait;
import java.util.List;

/** Traits as plain JSON. */
final class TraitTree {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TraitTree() {}

    static ObjectNode trait(Trait trait) {
        return switch (trait) {
            case Trait.SpreadScaler(var instances, var spreads) ->
                    of("spreadscaler", scaler(instances, spreads));
            case Trait.DaemonScaler(var instances, var spreads) ->
                    of("daemonscaler", scaler(instances, spreads));
            case Trait.Link link -> of("link", link(link));
            case Trait.Other(var type, var properties) -> of(type, properties.deepCopy());
        };
    }

    private static ObjectNode of(String type, JsonNode properties) {
        var tree = JSON.objectNode();
        tree.put("type", type);
        tree.set("properties", properties);
        return tree;
    }

    private static ObjectNode scaler(int instances, List<Spread> spreads) {
        var tree = JSON.objectNode();
        tree.put("instances", instances);
        ManifestTree.putList(tree, "spread", spreads, TraitTree::spread);
        return tree;
    }

    private static ObjectNode spread(Spread spread) {
        var tree = JSON.objectNode();
        tree.put("name", spread.name());
        tree.set("requirements", ManifestTree.texts(spread.requirements()));
        spread.weight().ifPresent(weight -> tree.put("weight", weight));
        return tree;
    }

    private static ObjectNode link(Trait.Link link) {
        var tree = JSON.objectNode();
        tree.put("namespace", link.namespace());
        tree.put("package", link.packageName());
        tree.set("interfaces", ManifestTree.array(link.interfaces(), TextNode::valueOf));
        if (!link.name().equals(Trait.DEFAULT_LINK_NAME)) {
            tree.put("name", link.name());
        }
        if (!link.source().equals(LinkEnd.NONE)) {
            var source = tree.putObject("source");
            ManifestTree.putList(source, "config", link.source().config(), RefTree::config);
            ManifestTree.putList(source, "secrets", link.source().secrets(), RefTree::secret);
        }
        var target = tree.putObject("target");
        target.put("name", link.target().name());
        ManifestTree.putList(target, "config", link.target().config(), RefTree::config);
        ManifestTree.putList(target, "secrets", link.target().secrets(), RefTree::secret);
        return tree;
    }
}
