package dev.trellis.manifest.check;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Trait;
import java.util.SortedSet;
import java.util.TreeSet;

/** A link leads to a component of the manifest, be it only a reference to a shared one. */
final class LinkTargetsCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        var names = new TreeSet<String>();
        manifest.components().stream().map(Component::name).forEach(names::add);
        for (int i = 0; i < manifest.components().size(); i++) {
            var traits = manifest.components().get(i).traits();
            for (int t = 0; t < traits.size(); t++) {
                if (traits.get(t) instanceof Trait.Link link
                        && !link.target().name().isEmpty()
                        && !names.contains(link.target().name())) {
                    dangling(Paths.trait(i, t), link.target().name(), names, findings);
                }
            }
        }
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
