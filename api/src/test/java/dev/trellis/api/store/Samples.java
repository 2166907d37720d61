package dev.trellis.api.store;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Metadata;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.Trait;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Small manifests. */
final class Samples {
    static final LatticeName LATTICE = new LatticeName("default");
    static final AppName SHOP = new AppName("shop");
    static final Document DOCUMENT = new Document("as: sent\n", "application/yaml");

    private Samples() {}

    static Manifest app(String name, String version, int instances) {
        return app(name, Optional.of(version), instances, Optional.empty());
    }

    static Manifest app(String name, Optional<String> version, int instances, Optional<String> id) {
        var annotations = new TreeMap<String, String>();
        version.ifPresent(v -> annotations.put("version", v));
        var labels = new TreeMap<String, String>();
        labels.put("team", "web");
        var component =
                new Component(
                        "api",
                        Component.Kind.COMPONENT,
                        new Source.Image("reg.example/api:1.0"),
                        id,
                        List.of(),
                        List.of(),
                        List.of(new Trait.SpreadScaler(instances, List.of())));
        return new Manifest(
                Manifest.API_VERSION,
                Manifest.KIND,
                new Metadata(name, annotations, labels),
                List.of(component),
                List.of());
    }
}
