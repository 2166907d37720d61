package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Trait;
import java.util.Map;
import java.util.Set;

/**
 * Warns of interfaces that the well-known namespaces do not have: probably a typing error, perhaps
 * something newer than this list. Other namespaces are the author's own.
 */
final class KnownInterfacesCheck implements Check {

    private static final Map<String, Map<String, Set<String>>> KNOWN =
            Map.of(
                    "wasi",
                    Map.of(
                            "blobstore", Set.of("blobstore", "container", "types"),
                            "config", Set.of("runtime", "store"),
                            "http", Set.of("incoming-handler", "outgoing-handler", "types"),
                            "keyvalue", Set.of("atomics", "store", "batch", "watch", "watcher"),
                            "logging", Set.of("logging")),
                    "wrpc",
                    Map.of(
                            "blobstore", Set.of("blobstore"),
                            "http", Set.of("incoming-handler", "outgoing-handler"),
                            "keyvalue", Set.of("atomics", "store", "batch", "watcher")),
                    "wasmcloud",
                    Map.of(
                            "messaging", Set.of("consumer", "handler", "types"),
                            "postgres", Set.of("query", "prepared", "types"),
                            "secrets", Set.of("store", "reveal"),
                            "bus", Set.of("lattice")));

    @Override
    public void run(Manifest manifest, Findings findings) {
        for (int i = 0; i < manifest.components().size(); i++) {
            var traits = manifest.components().get(i).traits();
            for (int t = 0; t < traits.size(); t++) {
                if (traits.get(t) instanceof Trait.Link link) {
                    check(Paths.trait(i, t) + ".properties", link, findings);
                }
            }
        }
    }

    private static void check(String path, Trait.Link link, Findings findings) {
        var packages = KNOWN.get(link.namespace());
        if (packages == null || link.packageName().isEmpty()) {
            return;
        }
        var known = packages.get(link.packageName());
        if (known == null) {
            findings.warning(
                    path + ".package",
                    Rule.UNKNOWN_INTERFACE,
                    "the package "
                            + Quote.of(link.namespace() + ":" + link.packageName())
                            + " is not a known one"
                            + Nearest.hint(link.packageName(), packages.keySet()));
            return;
        }
        for (int k = 0; k < link.interfaces().size(); k++) {
            var iface = link.interfaces().get(k);
            if (!iface.isEmpty() && !known.contains(iface)) {
                findings.warning(
                        Paths.item(path + ".interfaces", k),
                        Rule.UNKNOWN_INTERFACE,
                        "the interface "
                                + Quote.of(
                                        link.namespace() + ":" + link.packageName() + "/" + iface)
                                + " is not a known one"
                                + Nearest.hint(iface, known));
            }
        }
    }
}
