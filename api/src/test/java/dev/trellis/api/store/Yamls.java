package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ParseResult;
import java.nio.charset.StandardCharsets;

/** Manifests from documents. */
final class Yamls {
    private Yamls() {}

    /**
     * {@code components}: the list, as it stands below {@code components:}, without indentation.
     */
    static Manifest app(String name, String version, boolean shared, String components) {
        return read(
                """
                apiVersion: core.oam.dev/v1beta1
                kind: Application
                metadata:
                  name: %s
                  annotations:
                    version: %s
                    experimental.wasmcloud.dev/shared: "%s"
                spec:
                  components:
                """
                                .formatted(name, version, shared)
                        + components.indent(4));
    }

    static Manifest read(String document) {
        return switch (ManifestReader.read(
                document.getBytes(StandardCharsets.UTF_8), Format.YAML)) {
            case ParseResult.Accepted(var manifest, var _) -> manifest;
            case ParseResult.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    static String component(String name) {
        return """
        - name: %s
          type: component
          properties: {image: "reg.example/%s:1"}
          traits:
          - type: spreadscaler
            properties: {instances: 1}
        """
                .formatted(name, name);
    }

    /** A provider with an id of its own. */
    static String provider(String name, String id) {
        return """
        - name: %s
          type: capability
          properties: {image: "reg.example/%s:1", id: "%s"}
        """
                .formatted(name, name, id);
    }

    /** A component that uses a provider of another app. */
    static String uses(String app, String provider) {
        return """
        - name: api
          type: component
          properties: {image: "reg.example/api:1"}
          traits:
          - type: spreadscaler
            properties: {instances: 1}
          - type: link
            properties:
              target: {name: store}
              namespace: wasi
              package: keyvalue
              interfaces: [store]
        - name: store
          type: capability
          properties: {application: {name: %s, component: %s}}
        """
                .formatted(app, provider);
    }
}
