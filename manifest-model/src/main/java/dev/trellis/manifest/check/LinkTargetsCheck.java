package dev.trellis.manifest.check;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Trait;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A link leads to a component of the manifest, be it only a reference to a shared one. As for wadm,
 * what looks like a link counts as one here, whatever its type is called.
 */
final class LinkTargetsCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        var names = new TreeSet<String>();
        manifest.components().stream().map(Component::name).forEach(names::add);
        for (int i = 0; i < manifest.components().size(); i++) {
            var traits = manifest.components().get(i).traits();
            for (int t = 0; t < traits.size(); t++) {
                var target = target(traits.get(t));
                if (!target.isEmpty() && !names.contains(target)) {
                    dangling(Paths.trait(i, t), target, names, findings);
                }
            }
        }
    }

    /** Empty for what is no link. */
    private static String target(Trait trait) {
        return switch (trait) {
            case Trait.Link link -> link.target().name();
            case Trait.Other(_, var properties) ->
                    properties.path("interfaces").isArray()
                                    && properties.path("namespace").isTextual()
                                    && properties.path("package").isTextual()
                            ? properties.path("target").path("name").asText()
                            : "";
            case Trait.SpreadScaler _, Trait.DaemonScaler _ -> "";
        };
    }

    private static void dangling(
            String trait, String target, SortedSet<String> names, Findings findings) {
        findings.error(
                trait + ".properties.target.name",
                Rule.DANGLING_LINK,
                "the link leads to "
                        + Quote.of(target)
                        + ", which is not a component of this manifest; add it, or a component with"
                        + " application: to use a shared one"
                        + Nearest.hint(target, names));
    }
}
