package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import java.util.HashMap;

/** Every component of a manifest has a name of its own. */
final class ComponentNamesCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        var first = new HashMap<String, Integer>();
        for (int i = 0; i < manifest.components().size(); i++) {
            var name = manifest.components().get(i).name();
            var path = Paths.component(i) + ".name";
            NameShape.check(path, name, findings);
            var before = name.isEmpty() ? null : first.putIfAbsent(name, i);
            if (before != null) {
                findings.error(
                        path,
                        Rule.DUPLICATE_NAME,
                        "Duplicate component name in manifest: "
                                + Quote.of(name)
                                + " is also the name of "
                                + Paths.component(before)
                                + "; give one of them another name");
            }
        }
    }
}
