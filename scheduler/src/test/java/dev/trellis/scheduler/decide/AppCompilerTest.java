package dev.trellis.scheduler.decide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ParseResult;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.wanted.AppRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a manifest asks for, in the names that hosts will know it by. */
final class AppCompilerTest {
    private static final String DOCUMENT =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata: {name: My-Shop}
            spec:
              policies:
                - name: vault
                  type: policy.secret.wasmcloud.dev/v1alpha1
                  properties: {backend: vault-prod, mount: kv}
              components:
                - name: Api.v2
                  type: component
                  properties:
                    image: reg/api:1
                    config:
                      - name: Limits
                        properties: {max: "7"}
                      - name: theirs
                    secrets:
                      - name: Token
                        properties: {policy: vault, key: api/token, field: value, version: "3"}
                  traits:
                    - type: spreadscaler
                      properties:
                        instances: 4
                        spread:
                          - {name: eu, requirements: {region: eu}}
                    - type: link
                      properties:
                        namespace: wasi
                        package: keyvalue
                        interfaces: [store]
                        target:
                          name: store
                          config:
                            - name: url
                              properties: {url: redis}
                - name: store
                  type: capability
                  properties: {image: reg/store:1, id: own-id}
                - name: idle
                  type: component
                  properties: {image: reg/idle:1}
            """;

    private static Manifest manifest(String document) {
        return switch (ManifestReader.read(document.getBytes(UTF_8), Format.YAML)) {
            case ParseResult.Accepted accepted -> accepted.manifest();
            case ParseResult.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    static WantedApp compiled(String document, int restarts) {
        var version = new AppRecord.Version(3, "v3", "hash", Instant.EPOCH, "test");
        var record =
                new AppRecord(
                        new LatticeName("default"),
                        new AppName("My-Shop"),
                        "uid",
                        1,
                        List.of(version),
                        OptionalInt.of(3),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        restarts == 0 ? new TreeMap<>() : new TreeMap<>(Map.of(3, restarts)),
                        List.of(),
                        Optional.empty());
        return AppCompiler.compile(
                        record,
                        version,
                        manifest(document),
                        (_, _) -> new SharedComponents.Found.Missing("not deployed"))
                .orElseThrow();
    }

    private final WantedApp app = compiled(DOCUMENT, 0);

    private Workload workload(String name) {
        return app.workloads().stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void idsAreMadeOfAppAndNameInLowerCaseUnlessOneIsGiven() {
        assertThat(app.workloads())
                .extracting(Workload::id)
                .containsExactly(
                        new WorkloadId("my_shop-api_v2"),
                        new WorkloadId("own-id"),
                        new WorkloadId("my_shop-idle"));
    }

    @Test
    void aConfigWithValuesIsOursAndOneWithoutIsNotTouched() {
        assertThat(app.configs())
                .containsKeys("my_shop-limits", "my_shop-url")
                .doesNotContainKey("theirs");
        assertThat(app.configs().get("my_shop-limits")).isEqualTo(Map.of("max", "7"));
        assertThat(app.external()).containsExactly("theirs");
    }

    @Test
    void aSecretIsAReferenceUnderAKeyOfItsOwnAndHoldsNoSecret() {
        var secret = Objects.requireNonNull(app.configs().get("SECRET_my_shop-token"));

        assertThat(secret)
                .containsEntry("name", "Token")
                .containsEntry("type", "secret.wasmcloud.dev/v1alpha1")
                .containsEntry("backend", "vault-prod")
                .containsEntry("key", "api/token")
                .containsEntry("field", "value")
                .containsEntry("version", "3");
        assertThat(secret.get("policy"))
                .isEqualTo(
                        "{\"type\":\"properties.secret.wasmcloud.dev/v1alpha1\","
                                + "\"properties\":{\"mount\":\"kv\"}}");
    }

    @Test
    void aWorkloadNamesItsConfigsInOrderAndItsSecretsAfterThem() {
        assertThat(workload("Api.v2").config())
                .containsExactly("my_shop-limits", "theirs", "SECRET_my_shop-token");
    }

    @Test
    void aLinkGoesFromIdToIdWithItsConfigsByName() {
        assertThat(app.links())
                .containsExactly(
                        new Link(
                                new WorkloadId("my_shop-api_v2"),
                                new WorkloadId("own-id"),
                                "default",
                                "wasi",
                                "keyvalue",
                                List.of("store"),
                                List.of(),
                                List.of("my_shop-url")));
    }

    @Test
    void withoutAScalerAProviderRunsOnceAndAComponentNotAtAll() {
        assertThat(workload("store").instances()).isEqualTo(1);
        assertThat(workload("idle").instances()).isZero();
    }

    @Test
    void aMissingWeightCountsAsAHundred() {
        assertThat(workload("Api.v2").spreads())
                .singleElement()
                .satisfies(spread -> assertThat(spread.weight()).isEqualTo(100));
    }

    @Test
    void theLabelIsTheVersionsNumberAndHowOftenItWasRestarted() {
        assertThat(app.label()).isEqualTo("3");
        assertThat(compiled(DOCUMENT, 2).label()).isEqualTo("3.2");
    }

    @Test
    void onAHostALinksTargetStartsBeforeItsSource() {
        assertThat(StartOrder.of(app.workloads()))
                .isEqualTo(
                        Map.of(new WorkloadId("my_shop-api_v2"), Set.of(new WorkloadId("own-id"))));
    }

    @Test
    void aCycleOfLinksIsCutWhereItCloses() {
        var order = StartOrder.of(compiled(cycle(), 0).workloads());

        assertThat(order)
                .isEqualTo(
                        Map.of(
                                new WorkloadId("my_shop-a"), Set.of(new WorkloadId("my_shop-b")),
                                new WorkloadId("my_shop-b"), Set.of(new WorkloadId("my_shop-c"))));
    }

    private static String cycle() {
        var document =
                new StringBuilder(
                        """
                        apiVersion: core.oam.dev/v1beta1
                        kind: Application
                        metadata: {name: My-Shop}
                        spec:
                          components:
                        """);
        for (var link : List.of("ab", "bc", "ca")) {
            document.append(
                    """
                        - name: %s
                          type: component
                          properties: {image: reg/x:1}
                          traits:
                            - type: link
                              properties:
                                {namespace: a, package: b, interfaces: [%s], target: {name: %s}}
                    """
                            .formatted(link.charAt(0), link, link.charAt(1)));
        }
        return document.toString();
    }
}
