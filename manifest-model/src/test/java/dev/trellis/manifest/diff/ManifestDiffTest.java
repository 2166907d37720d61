package dev.trellis.manifest.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ParseResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the table that says what is staged and what is global. */
class ManifestDiffTest {

    private static final String POLICY =
            """
              policies:
                - { name: vault, type: policy.secret.wasmcloud.dev/v1alpha1, properties: { backend: vault, mount: kv } }
                - { name: waves, type: rollout, properties: { components: [api, http], maxUnproven: 25% } }
            """;

    private static final String SHOP =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata: { name: shop, annotations: { version: v1, description: a shop }, labels: { team: web } }
            spec:
              components:
                - name: api
                  type: component
                  properties:
                    image: r/api:1
                    config:
                      - { name: cfg, properties: { log: info, level: "1" } }
                      - { name: more, properties: { a: b } }
                    secrets: [{ name: db, properties: { policy: vault, key: shop/db } }]
                  traits:
                    - type: spreadscaler
                      properties: { instances: 4, spread: [{ name: eu, requirements: { region: eu }, weight: 30 }, { name: us }] }
                    - type: placement
                      properties: { maxPerHost: 4 }
                    - type: acme.example/note
                      properties: { x: 1 }
                - name: http
                  type: capability
                  properties: { image: r/http:1 }
                  traits:
                    - type: link
                      properties:
                        { namespace: wasi, package: http, interfaces: [incoming-handler], target: { name: api },
                          source: { config: [{ name: port, properties: { address: "0.0.0.0:8080" } }] } }
                - name: old
                  type: component
                  properties: { image: r/old:1, config: [{ name: oldcfg, properties: { k: v } }] }
            """
                    + POLICY;

    @Test
    void theVersionIsNoDifference() {
        assertThat(diff("version: v1", "version: v2").isEmpty()).isTrue();
        assertThat(diff("{ log: info, level: \"1\" }", "{ level: \"1\", log: info }").isEmpty())
                .isTrue();
    }

    @Test
    void anImageIsStaged() {
        assertThat(spelled(diff("r/api:1", "r/api:2")))
                .containsExactly(
                        "staged spec.components[api].properties.image \"r/api:1\" -> \"r/api:2\"");
    }

    @Test
    void contentOfAConfigOfACoveredComponentIsStaged() {
        assertThat(spelled(diff("log: info", "log: debug")))
                .containsExactly(
                        "staged spec.components[api].properties.config[cfg].properties.log"
                                + " \"info\" -> \"debug\"");
    }

    @Test
    void contentOfAConfigOfAComponentThatNoPolicyCoversChangesForAllAtOnce() {
        assertThat(spelled(diff("{ k: v }", "{ k: w }")))
                .containsExactly(
                        "mutate spec.components[old].properties.config[oldcfg].properties.k"
                                + " \"v\" -> \"w\"");
        var without = SHOP.replace("    - { name: waves,", "    # - { name: waves,");
        assertThat(
                        ManifestDiff.between(
                                        read(without),
                                        read(without.replace("log: info", "log: debug")))
                                .of(ChangeClass.MUTATE))
                .hasSize(1);
    }

    @Test
    void anImageOfAComponentThatNoPolicyCoversStillNeedsAStopAndAStart() {
        assertThat(diff("r/old:1", "r/old:2").has(ChangeClass.STAGED)).isTrue();
    }

    @Test
    void theListOfConfigsAndItsOrderAreStaged() {
        assertThat(spelled(diff("name: more, properties: { a: b }", "name: other")))
                .containsExactly(
                        "staged spec.components[api].properties.config[other] nothing ->"
                                + " {\"name\":\"other\"}",
                        "staged spec.components[api].properties.config[more]"
                                + " {\"name\":\"more\",\"properties\":{\"a\":\"b\"}} -> nothing");
        var first = "          - { name: cfg, properties: { log: info, level: \"1\" } }\n";
        var second = "          - { name: more, properties: { a: b } }\n";
        assertThat(spelled(diff(first + second, second + first)))
                .containsExactly(
                        "staged spec.components[api].properties.config"
                                + " [\"cfg\",\"more\"] -> [\"more\",\"cfg\"]");
    }

    @Test
    void aSecretReferenceOfACoveredComponentIsStagedAndSoIsItsBackend() {
        assertThat(spelled(diff("key: shop/db", "key: shop/db2")))
                .containsExactly(
                        "staged spec.components[api].properties.secrets[db].properties.key"
                                + " \"shop/db\" -> \"shop/db2\"");
        assertThat(spelled(diff("mount: kv", "mount: kv2")))
                .containsExactly("staged spec.policies[vault].properties.mount \"kv\" -> \"kv2\"");
    }

    @Test
    void aBackendThatALinkUsesChangesForAllAtOnce() {
        var linked =
                SHOP.replace(
                        "target: { name: api }",
                        "target: { name: api, secrets: [{ name: t, properties: { policy: vault,"
                                + " key: k } }] }");

        assertThat(
                        ManifestDiff.between(
                                        read(linked), read(linked.replace("mount: kv", "mount: x")))
                                .has(ChangeClass.MUTATE))
                .isTrue();
    }

    @Test
    void instancesSpreadAndPlacementAreOfPlacement() {
        assertThat(spelled(diff("instances: 4", "instances: 5")))
                .containsExactly(
                        "placement spec.components[api].traits[spreadscaler].properties.instances"
                                + " 4 -> 5");
        assertThat(spelled(diff("weight: 30", "weight: 31")))
                .containsExactly(
                        "placement spec.components[api].traits[spreadscaler].properties"
                                + ".spread[eu].weight 30 -> 31");
        assertThat(spelled(diff("maxPerHost: 4", "maxPerHost: 5")))
                .containsExactly(
                        "placement spec.components[api].traits[placement].properties.maxPerHost"
                                + " 4 -> 5");
    }

    @Test
    void aComponentThatIsAddedOrRemovedIsStaged() {
        var less =
                SHOP.replace(
                        "    - name: old\n      type: component\n      properties: { image: r/old:1,"
                                + " config: [{ name: oldcfg, properties: { k: v } }] }\n",
                        "");

        assertThat(ManifestDiff.between(read(less), read(SHOP)).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.path()).isEqualTo("spec.components[old]");
                    assertThat(change.changeClass()).isEqualTo(ChangeClass.STAGED);
                    assertThat(change.from()).isEmpty();
                    assertThat(change.to()).isPresent();
                });
        assertThat(ManifestDiff.between(read(SHOP), read(less)).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.to()).isEmpty());
    }

    @Test
    void aLinkOfANewKeyExpandsAndOneOfAnOldKeyContracts() {
        assertThat(classes(diff("package: http,", "package: https,")))
                .containsExactly(ChangeClass.EXPAND, ChangeClass.CONTRACT);
        assertThat(diff("package: http,", "package: https,").changes().getFirst().path())
                .isEqualTo("spec.components[http].traits[link wasi:https default]");
    }

    @Test
    void aLinkWhoseKeyStaysChangesForAllAtOnce() {
        assertThat(spelled(diff("target: { name: api }", "target: { name: old }")))
                .containsExactly(
                        "mutate spec.components[http].traits[link wasi:http default].properties"
                                + ".target.name \"api\" -> \"old\"");
        assertThat(classes(diff("[incoming-handler]", "[incoming-handler, types]")))
                .containsExactly(ChangeClass.MUTATE);
        assertThat(classes(diff("0.0.0.0:8080", "0.0.0.0:8081")))
                .containsExactly(ChangeClass.MUTATE);
    }

    @Test
    void anotherIdOfTheTargetIsAnotherTargetAndAnotherIdOfTheSourceAnotherLink() {
        assertThat(classes(diff("image: r/api:1\n", "image: r/api:1\n        id: x\n")))
                .containsExactly(ChangeClass.STAGED, ChangeClass.MUTATE);
        assertThat(classes(diff("{ image: r/http:1 }", "{ image: r/http:1, id: x }")))
                .containsExactly(ChangeClass.STAGED, ChangeClass.EXPAND, ChangeClass.CONTRACT);
    }

    @Test
    void annotationsLabelsAndTheTraitsOfOthersAreMetadata() {
        assertThat(classes(diff("description: a shop", "description: the shop")))
                .containsExactly(ChangeClass.METADATA);
        assertThat(classes(diff("team: web", "team: shop"))).containsExactly(ChangeClass.METADATA);
        assertThat(classes(diff("{ x: 1 }", "{ x: 2 }"))).containsExactly(ChangeClass.METADATA);
    }

    @Test
    void thePolicyAloneIsForTheNextRollout() {
        assertThat(spelled(diff("maxUnproven: 25%", "maxUnproven: 10%")))
                .containsExactly(
                        "policy spec.policies[waves].properties.maxUnproven \"25%\" -> \"10%\"");
    }

    @Test
    void inTheFirstVersionEverythingIsNew() {
        var first = ManifestDiff.toFirst(read(SHOP));

        assertThat(first.changes()).allSatisfy(change -> assertThat(change.from()).isEmpty());
        assertThat(first.of(ChangeClass.STAGED)).hasSize(4); // and the policy of the secret
        assertThat(first.of(ChangeClass.EXPAND)).hasSize(1);
        assertThat(first.of(ChangeClass.POLICY)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noManifestDiffersFromItselfAndEveryOneFromNothing(Path sample) throws Exception {
        var manifest = read(Files.readString(sample));

        assertThat(ManifestDiff.between(manifest, manifest).isEmpty()).isTrue();
        assertThat(ManifestDiff.toFirst(manifest).isEmpty())
                .isEqualTo(manifest.components().isEmpty());
    }

    static List<Path> samples() throws Exception {
        try (var files = Files.list(Path.of("src/test/resources/documents/good"))) {
            return files.sorted().toList();
        }
    }

    private static ManifestDiff diff(String before, String after) {
        assertThat(SHOP).contains(before);
        return ManifestDiff.between(read(SHOP), read(SHOP.replace(before, after)));
    }

    private static List<ChangeClass> classes(ManifestDiff diff) {
        return diff.changes().stream().map(Change::changeClass).toList();
    }

    private static List<String> spelled(ManifestDiff diff) {
        return diff.changes().stream()
                .map(change ->
                        change.changeClass().word()
                                + " "
                                + change.path()
                                + " "
                                + change.from().map(Object::toString).orElse("nothing")
                                + " -> "
                                + change.to().map(Object::toString).orElse("nothing"))
                .toList();
    }

    private static Manifest read(String text) {
        var document = text.getBytes(StandardCharsets.UTF_8);
        return switch (ManifestReader.read(document, Format.YAML_OR_JSON)) {
            case ParseResult.Accepted(var manifest, _) -> manifest;
            case ParseResult.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }
}
