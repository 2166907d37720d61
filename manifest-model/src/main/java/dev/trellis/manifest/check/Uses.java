package dev.trellis.manifest.check;

import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.SecretRef;
import dev.trellis.manifest.Trait;
import java.util.List;
import java.util.function.BiConsumer;

/** Every place of a manifest where a config or a secret is named, with its path. */
final class Uses {

    private Uses() {}

    static void configs(Manifest manifest, BiConsumer<String, ConfigRef> use) {
        for (int i = 0; i < manifest.components().size(); i++) {
            var component = manifest.components().get(i);
            each(Paths.component(i) + ".properties.config", component.config(), use);
            for (int t = 0; t < component.traits().size(); t++) {
                if (component.traits().get(t) instanceof Trait.Link link) {
                    var path = Paths.trait(i, t) + ".properties";
                    each(path + ".source.config", link.source().config(), use);
                    each(path + ".target.config", link.target().config(), use);
                }
            }
        }
    }

    static void secrets(Manifest manifest, BiConsumer<String, SecretRef> use) {
        for (int i = 0; i < manifest.components().size(); i++) {
            var component = manifest.components().get(i);
            each(Paths.component(i) + ".properties.secrets", component.secrets(), use);
            for (int t = 0; t < component.traits().size(); t++) {
                if (component.traits().get(t) instanceof Trait.Link link) {
                    var path = Paths.trait(i, t) + ".properties";
                    each(path + ".source.secrets", link.source().secrets(), use);
                    each(path + ".target.secrets", link.target().secrets(), use);
                }
            }
        }
    }

    /** Whether that use is of a link, and not of a component. */
    static boolean ofLink(String path) {
        return path.contains(".traits[");
    }

    private static <T> void each(String path, List<T> items, BiConsumer<String, T> use) {
        for (int k = 0; k < items.size(); k++) {
            use.accept(Paths.item(path, k), items.get(k));
        }
    }
}
