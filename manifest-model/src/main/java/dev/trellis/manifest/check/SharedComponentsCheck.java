package dev.trellis.manifest.check;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.Trait;

/** What another application runs is configured and scaled there. */
final class SharedComponentsCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        for (int i = 0; i < manifest.components().size(); i++) {
            var component = manifest.components().get(i);
            if (component.source() instanceof Source.Shared(var app, _) && !app.isEmpty()) {
                check(i, component, app, findings);
            }
        }
    }

    private static void check(int index, Component component, String app, Findings findings) {
        var path = Paths.component(index);
        if (!component.config().isEmpty()) {
            refuse(path + ".properties.config", "config", app, findings);
        }
        if (!component.secrets().isEmpty()) {
            refuse(path + ".properties.secrets", "secrets", app, findings);
        }
        for (int t = 0; t < component.traits().size(); t++) {
            var trait = component.traits().get(t);
            if (trait instanceof Trait.SpreadScaler || trait instanceof Trait.DaemonScaler) {
                refuse(Paths.trait(index, t), "scaler traits", app, findings);
            }
        }
    }

    private static void refuse(String path, String what, String app, Findings findings) {
        findings.error(
                path,
                Rule.SHARED_COMPONENT,
                "a component of the shared application "
                        + Quote.of(app)
                        + " takes no "
                        + what
                        + " here; set them there, or use an image");
    }
}
