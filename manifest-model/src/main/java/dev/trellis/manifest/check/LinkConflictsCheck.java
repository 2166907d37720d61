package dev.trellis.manifest.check;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Trait;
import java.util.HashMap;
import java.util.Map;

/**
 * A source has one link for a name and an interface. The package is part of the interface, and the
 * same interface under another name is another link.
 */
final class LinkConflictsCheck implements Check {

    private record Key(String name, String namespace, String packageName, String iface) {}

    private record Seen(int trait, String target) {}

    @Override
    public void run(Manifest manifest, Findings findings) {
        for (int i = 0; i < manifest.components().size(); i++) {
            check(i, manifest.components().get(i), findings);
        }
    }

    private static void check(int index, Component component, Findings findings) {
        var seen = new HashMap<Key, Seen>();
        for (int t = 0; t < component.traits().size(); t++) {
            if (component.traits().get(t) instanceof Trait.Link link) {
                check(index, component, t, link, seen, findings);
            }
        }
    }

    private static void check(
            int index,
            Component component,
            int trait,
            Trait.Link link,
            Map<Key, Seen> seen,
            Findings findings) {
        for (int k = 0; k < link.interfaces().size(); k++) {
            var iface = link.interfaces().get(k);
            var key = new Key(link.name(), link.namespace(), link.packageName(), iface);
            var before = seen.putIfAbsent(key, new Seen(trait, link.target().name()));
            if (before == null || iface.isEmpty()) {
                continue;
            }
            var path = Paths.item(Paths.trait(index, trait) + ".properties.interfaces", k);
            if (before.target().equals(link.target().name())) {
                findings.error(path, Rule.DUPLICATE_LINK, duplicate(component, key, before, index));
            } else {
                findings.error(
                        path,
                        Rule.CONFLICT,
                        conflict(component, key, before.target(), link.target().name()));
            }
        }
    }

    private static String duplicate(Component component, Key key, Seen before, int index) {
        return "Duplicate link found inside component "
                + Quote.of(component.name())
                + ": "
                + spell(key)
                + " is already linked at "
                + Paths.trait(index, before.trait())
                + "; remove one of them";
    }

    private static String conflict(Component component, Key key, String one, String other) {
        return "the component "
                + Quote.of(component.name())
                + " links "
                + spell(key)
                + " both to "
                + Quote.of(one)
                + " and to "
                + Quote.of(other)
                + "; give one of the links a name of its own";
    }

    private static String spell(Key key) {
        return key.namespace()
                + ":"
                + key.packageName()
                + "/"
                + key.iface()
                + " under the name "
                + Quote.of(key.name());
    }
}
