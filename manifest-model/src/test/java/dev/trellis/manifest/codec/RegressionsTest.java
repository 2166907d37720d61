package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.Names;
import dev.trellis.manifest.SecretRef;
import dev.trellis.manifest.Trait;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of wadm were hit by, as far as one manifest alone can show it; ids are the list's. */
class RegressionsTest {

    private static final String HEAD =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata: { name: app }
            spec:
              policies:
                - { name: vault, type: policy.secret.wasmcloud.dev/v1alpha1, properties: { backend: vault } }
                - { name: bare, type: policy.secret.wasmcloud.dev/v1alpha1, properties: { mount: kv } }
              components:
                - { name: b, type: capability, properties: { image: r/b:1 } }
                - { name: c, type: capability, properties: { image: r/c:1 } }
                - name: a
                  type: component
            """;

    private static final String IMAGE = "      properties: { image: r }\n";

    @Test
    @DisplayName("A07: one manifest that declares a link twice with different config is refused")
    void a07ALinkDeclaredTwiceWithDifferentConfig() {
        var problems =
                refused(
                        linked(
                                link(
                                        "b",
                                        "store",
                                        "",
                                        "config: [{ name: x, properties: { k: 1 } }]"),
                                link(
                                        "b",
                                        "store",
                                        "",
                                        "config: [{ name: y, properties: { k: 2 } }]")));

        assertThat(problems).extracting(ManifestProblem::rule).containsExactly("DuplicateLink");
    }

    @Test
    @DisplayName("A08: the same package with different interfaces to two targets is two links")
    void a08DifferentInterfacesToTwoTargets() {
        var manifest = accepted(linked(link("b", "store", "", ""), link("c", "atomics", "", "")));

        assertThat(links(manifest)).hasSize(2);
    }

    @Test
    @DisplayName("A09: one interface to two targets is refused with the names of both")
    void a09OneInterfaceToTwoTargets() {
        assertThat(refused(linked(link("b", "store", "", ""), link("c", "store", "", ""))))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("\"b\"").contains("\"c\""));
    }

    @Test
    @DisplayName("A10: two links of different names to one target are accepted")
    void a10DifferentNamesToOneTarget() {
        var manifest =
                accepted(linked(link("b", "store", "one", ""), link("b", "store", "two", "")));

        assertThat(links(manifest)).extracting(Trait.Link::name).containsExactly("one", "two");
    }

    @Test
    @DisplayName("A11: a number in a config is the text that was written")
    void a11ANumberInAConfig() {
        assertThat(config("{ port: 8080, ratio: 1.50, on: true, octal: 010, hex: 0x1F }"))
                .isEqualTo(
                        new TreeMap<>(
                                Map.of(
                                        "port", "8080",
                                        "ratio", "1.50",
                                        "on", "true",
                                        "octal", "010",
                                        "hex", "0x1F")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ a: [1] }", "{ a: { b: c } }", "{ a: }"})
    @DisplayName("A11: what is no text in a config is refused with its path, never lost")
    void a11WhatIsNoTextInAConfig(String properties) {
        assertThat(refused(configured(properties)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.path())
                                .isEqualTo("spec.components[2].properties.config[0].properties.a"));
    }

    @Test
    @DisplayName("A12: two configs with one name and different values are refused")
    void a12OneNameAndDifferentValues() {
        assertThat(
                        refused(
                                "      properties: { image: r, config: [{ name: x, properties: { k:"
                                        + " v } }, { name: x, properties: { k: w } }] }\n"))
                .extracting(ManifestProblem::rule)
                .containsExactly("Conflict");
        // names that become one key in the lattice are one name
        assertThat(
                        refused(
                                "      properties: { image: r, config: [{ name: x-y, properties: {"
                                        + " k: v } }, { name: x_y, properties: { k: w } }] }\n"))
                .extracting(ManifestProblem::rule)
                .containsExactly("Conflict");
    }

    @Test
    @DisplayName("A13: an external config may be named in two places")
    void a13AnExternalConfigInTwoPlaces() {
        assertThat(
                        accepted(
                                linked(
                                        link("b", "store", "one", "config: [{ name: ext }]"),
                                        link("b", "store", "two", "config: [{ name: ext }]"))))
                .isNotNull();
    }

    @Test
    @DisplayName("A18: every part of a secret reference survives a round trip")
    void a18ASecretSurvivesARoundTrip() {
        var manifest =
                accepted(
                        "      properties: { image: r, secrets: [{ name: s, properties: { policy:"
                                + " vault, key: k, field: f, version: 3 } }] }\n");
        var again = GoodDocumentsTest.read(ManifestWriter.json(manifest), Format.JSON);

        assertThat(again).isEqualTo(manifest);
        assertThat(again.components().get(2).secrets())
                .containsExactly(
                        new SecretRef("s", "vault", "k", Optional.of("f"), Optional.of("3")));
        assertThat(again.policies().getFirst().type()).contains("policy.secret");
        assertThat(again.policies().getFirst().properties().path("backend").asText())
                .isEqualTo("vault");
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy: gone, key: k", "policy: bare, key: k", "key: k"})
    @DisplayName("A19: a secret without a policy that can serve it is refused")
    void a19ASecretWithoutAPolicy(String properties) {
        assertThat(
                        refused(
                                "      properties: { image: r, secrets: [{ name: s, properties: {"
                                        + " %s } }] }%n".formatted(properties)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.path()).endsWith("secrets[0].properties.policy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "true", "1.0"})
    @DisplayName("A35: an unquoted requirement is the text that was written")
    void a35AnUnquotedRequirement(String value) {
        var manifest =
                accepted(
                        scaled(
                                "instances: 1, spread: [{ name: s, requirements: { l: %s } }]"
                                        .formatted(value)));

        assertThat(scaler(manifest).spreads().getFirst().requirements()).containsEntry("l", value);
    }

    @Test
    @DisplayName("A53: an image reference of 512 characters is accepted")
    void a53ALongImageReference() {
        assertThat(accepted("      properties: { image: %s }%n".formatted("r".repeat(512))))
                .isNotNull();
    }

    @Test
    @DisplayName("A54: a custom trait whose body resembles a spread stays what it is")
    void a54ACustomTraitThatResemblesASpread() {
        var manifest =
                accepted(
                        "      properties: { image: r }\n      traits: [{ type: mine, properties: {"
                                + " instances: 4, spread: [{ name: s, requirements: {} }] } }]\n");

        assertThat(manifest.components().get(2).traits().getFirst())
                .isInstanceOf(Trait.Other.class);
    }

    @Test
    @DisplayName("A55: an unknown interface is a warning, batch and watch are none")
    void a55UnknownInterfaces() {
        assertThat(warnings(linked(link("b", "stroe", "", ""))))
                .extracting(ManifestProblem::rule)
                .containsExactly("UnknownInterface");
        assertThat(warnings(linked(link("b", "batch, watch", "", "")))).isEmpty();
    }

    @Test
    @DisplayName("A56: a link to what is neither in the manifest nor shared is refused")
    void a56ADanglingLink() {
        assertThat(refused(linked(link("d", "store", "", ""))))
                .extracting(ManifestProblem::rule)
                .containsExactly("DanglingLink");
    }

    @Test
    @DisplayName("A57: empty properties are named with line and path, without the word JSON")
    void a57EmptyProperties() {
        assertThat(refused("      properties:\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("spec.components[2].properties");
                    assertThat(problem.line()).isEqualTo(13);
                    assertThat(problem.message()).doesNotContain("JSON");
                });
    }

    @Test
    @DisplayName("C03: links that differ in the package alone are both there")
    void c03LinksThatDifferInThePackage() {
        var manifest =
                accepted(
                        linked(
                                link("b", "store", "", ""),
                                link("b", "store", "", "").replace("keyvalue", "config")));

        assertThat(links(manifest))
                .extracting(Trait.Link::packageName)
                .containsExactly("keyvalue", "config");
    }

    @Test
    @DisplayName("C13: two components that come to one generated id are refused")
    void c13AnAmbiguousGeneratedId() {
        assertThat(refused(IMAGE + other("x-y") + other("x_y")))
                .extracting(ManifestProblem::rule)
                .containsExactly("DuplicateId");
    }

    @Test
    @DisplayName("C29: names of configs and secrets and the hash depend on nothing but the text")
    void c29NamesAreTheSameInEveryBuild() {
        assertThat(Names.configName("My App", "cfg.1")).isEqualTo("my_app-cfg_1");
        assertThat(Names.secretName("app", "pw")).isEqualTo("SECRET_app-pw");
        assertThat(ManifestWriter.hash(accepted("      properties: { image: r }\n")))
                .isEqualTo(
                        "sha256:871cee581b78056508054c9bf89461b7cbed4f5cb6bf34f704196df672494f63");
    }

    @Test
    @DisplayName("weights of zero are accepted, alone and beside others")
    void zeroWeights() {
        var manifest =
                accepted(
                        scaled(
                                "instances: 3, spread: [{ name: s, weight: 0 }, { name: t, weight: 0"
                                        + " }]"));

        assertThat(scaler(manifest).spreads())
                .allSatisfy(spread -> assertThat(spread.weight()).hasValue(0));
        assertThat(refused(scaled("instances: 3, spread: [{ name: s, weight: -1 }]")))
                .extracting(ManifestProblem::rule)
                .containsExactly("OutOfRange");
    }

    @Test
    @DisplayName("names that would make a subject too long are refused with the limit")
    void overlongSubjects() {
        var name = "n".repeat(Limits.NAME + 1);

        assertThat(refused("      properties: { image: r, id: %s }%n".formatted(name)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("" + Limits.NAME));
        assertThat(
                        refused(
                                "      properties: { image: r, config: [{ name: %s }] }%n"
                                        .formatted(name)))
                .extracting(ManifestProblem::rule)
                .containsExactly("InvalidName");
    }

    @Test
    @DisplayName("an id or external config name that is no subject and no key is refused")
    void namesThatAreNoSubjects() {
        for (var name : List.of("a.b.", "a b", "a*", "a>", "ä")) {
            assertThat(refused("      properties: { image: r, id: \"%s\" }%n".formatted(name)))
                    .extracting(ManifestProblem::rule)
                    .containsExactly("InvalidId");
            assertThat(
                            refused(
                                    "      properties: { image: r, config: [{ name: \"%s\" }] }%n"
                                            .formatted(name)))
                    .extracting(ManifestProblem::rule)
                    .containsExactly("InvalidName");
        }
    }

    private static String other(String name) {
        return "    - { name: %s, type: component, properties: { image: r } }%n".formatted(name);
    }

    private static String configured(String properties) {
        return "      properties: { image: r, config: [{ name: x, properties: %s }] }%n"
                .formatted(properties);
    }

    private static Map<String, String> config(String properties) {
        var component = accepted(configured(properties)).components().get(2);
        return new TreeMap<>(component.config().getFirst().properties().orElseThrow());
    }

    private static String scaled(String scaler) {
        return "      properties: { image: r }\n      traits: [{ type: spreadscaler, properties: { %s"
                        .formatted(scaler)
                + " } }]\n";
    }

    private static Trait.SpreadScaler scaler(Manifest manifest) {
        return (Trait.SpreadScaler) manifest.components().get(2).traits().getFirst();
    }

    private static String linked(String... links) {
        return "      properties: { image: r }\n      traits:\n" + String.join("", links);
    }

    private static String link(String target, String interfaces, String name, String more) {
        return "        - { type: link, properties: { namespace: wasi, package: keyvalue, interfaces:"
                + " [%s], %s target: { name: %s, %s } } }%n"
                        .formatted(
                                interfaces,
                                name.isEmpty() ? "" : "name: " + name + ",",
                                target,
                                more);
    }

    private static List<Trait.Link> links(Manifest manifest) {
        return manifest.components().get(2).links();
    }

    private static Manifest accepted(String rest) {
        return GoodDocumentsTest.read(bytes(rest), Format.YAML);
    }

    private static List<ManifestProblem> warnings(String rest) {
        return switch (ManifestReader.read(bytes(rest), Format.YAML)) {
            case ParseResult.Accepted(_, var warnings) -> warnings;
            case ParseResult.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<ManifestProblem> refused(String rest) {
        return switch (ManifestReader.read(bytes(rest), Format.YAML)) {
            case ParseResult.Accepted accepted -> throw new AssertionError(accepted.toString());
            case ParseResult.Refused(var problems) ->
                    problems.stream().filter(ManifestProblem::isError).toList();
        };
    }

    private static byte[] bytes(String rest) {
        return (HEAD + rest).getBytes(StandardCharsets.UTF_8);
    }
}
