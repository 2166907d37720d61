package dev.trellis.api.http;

/** Small manifests as text. */
final class Yaml {
    private Yaml() {}

    static String app(String name, String version, int instances) {
        return """
        apiVersion: core.oam.dev/v1beta1
        kind: Application
        metadata:
          name: %s
          annotations:
            version: %s
            description: Web shop
          labels:
            team: web
        spec:
          components:
            - name: api # a comment that is kept
              type: component
              properties:
                image: reg.example/api:1.0
              traits:
                - type: spreadscaler
                  properties:
                    instances: %d
        """
                .formatted(name, version, instances);
    }
}
