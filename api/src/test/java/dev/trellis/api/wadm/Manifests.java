package dev.trellis.api.wadm;

/** Small manifests as YAML. */
final class Manifests {
    private Manifests() {}

    static String app(String name, String version, int instances) {
        return """
        apiVersion: core.oam.dev/v1beta1
        kind: Application
        metadata:
          name: %s
          annotations:
            version: %s
        %s\
        """
                .formatted(name, version, spec(instances));
    }

    static String withoutVersion(String name, int instances) {
        return """
        apiVersion: core.oam.dev/v1beta1
        kind: Application
        metadata:
          name: %s
        %s\
        """
                .formatted(name, spec(instances));
    }

    /** With a rollout policy in its readable form. */
    static String withPolicy(String name, String version) {
        return app(name, version, 1)
                + """
                  policies:
                    - name: waves
                      type: rollout
                      properties:
                        maxUnproven: 1
                        stages:
                          - name: canary
                            upTo: 1
                """;
    }

    private static String spec(int instances) {
        return """
        spec:
          components:
            - name: api
              type: component
              properties:
                image: reg.example/api:1.0
              traits:
                - type: spreadscaler
                  properties:
                    instances: %d
        """
                .formatted(instances);
    }
}
