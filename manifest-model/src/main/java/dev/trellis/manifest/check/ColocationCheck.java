package dev.trellis.manifest.check;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Source;
import java.util.List;
import java.util.Optional;

/** A provider is placed beside components of its own application. */
final class ColocationCheck implements PlacedCheck {

    @Override
    public void run(Manifest manifest, Placements.Placed placed, Findings findings) {
        var names = placed.placement().colocateWith();
        if (!names.isEmpty() && placed.component().kind() == Component.Kind.COMPONENT) {
            findings.error(
                    placed.at("colocateWith"),
                    Rule.CONFLICT,
                    "only a provider (type: capability) can be placed beside"
                            + " components; remove it here");
        }
        for (int k = 0; k < names.size(); k++) {
            var path = Paths.item(placed.at("colocateWith"), k);
            check(manifest, path, names.get(k), findings);
        }
    }

    private static void check(Manifest manifest, String path, String name, Findings findings) {
        if (name.isEmpty()) {
            return;
        }
        var found = named(manifest.components(), name);
        if (found.isEmpty()) {
            var names = manifest.components().stream().map(Component::name).toList();
            findings.error(
                    path,
                    Rule.UNKNOWN_COMPONENT,
                    Quote.of(name)
                            + " is not a component of this manifest"
                            + Nearest.hint(name, names));
        } else if (found.get().source() instanceof Source.Shared(var app, _)) {
            findings.error(
                    path,
                    Rule.SHARED_COMPONENT,
                    Quote.of(name)
                            + " is run by the shared application "
                            + Quote.of(app)
                            + ", which alone places it; name a component that runs an image");
        } else if (found.get().kind() == Component.Kind.CAPABILITY) {
            findings.error(
                    path,
                    Rule.CONFLICT,
                    Quote.of(name) + " is a provider, expected a component (type: component)");
        }
    }

    static Optional<Component> named(List<Component> components, String name) {
        return components.stream().filter(c -> c.name().equals(name)).findFirst();
    }
}
