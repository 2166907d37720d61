package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.Severity;
import dev.trellis.manifest.Trait;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an author reads, and what is only a warning. */
class MessagesTest {

    private static final String HEAD =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata:
              name: app
            spec:
              components:
              - name: a
                type: component
            """;

    @Test
    void aMisspeltFieldIsNamedWithItsPlaceAndTheFieldMeant() {
        var problem = problems("    properties: { imgae: x, image: r }\n").getFirst();

        assertThat(problem)
                .isEqualTo(
                        new ManifestProblem(
                                "spec.components[0].properties.imgae",
                                9,
                                19,
                                "UnknownField",
                                "unknown field \"imgae\", expected image, application, id, config or"
                                        + " secrets; did you mean image?",
                                Severity.ERROR));
    }

    @Test
    void emptyPropertiesAreNamedWithWhatBelongsThere() {
        var problem = problems("    properties:\n").getFirst();

        assertThat(problem.line()).isEqualTo(9);
        assertThat(problem.path()).isEqualTo("spec.components[0].properties");
        assertThat(problem.message())
                .isEqualTo(
                        "\"properties\" has no value, expected an object with image or application;"
                                + " write it after the colon, or indented below");
    }

    @Test
    void aConflictOfLinksNamesBothTargets() {
        var link =
                "    - { type: link, properties: { namespace: wasi, package: keyvalue, interfaces:"
                        + " [store], target: { name: %s } } }\n";
        var other = "  - { name: %s, type: capability, properties: { image: r } }\n";
        var problem =
                problems(
                                "    properties: { image: r }\n    traits:\n"
                                        + link.formatted("b")
                                        + link.formatted("c")
                                        + other.formatted("b")
                                        + other.formatted("c"))
                        .getFirst();

        assertThat(problem.message())
                .isEqualTo(
                        "the component \"a\" links wasi:keyvalue/store under the name \"default\""
                                + " both to \"b\" and to \"c\"; give one of the links a name of its"
                                + " own");
    }

    @Test
    void aTargetThatIsNearlyThereIsSuggested() {
        var problem =
                problems(
                                "    properties: { image: r }\n    traits:\n"
                                        + "    - { type: link, properties: { namespace: n, package: p,"
                                        + " interfaces: [i], target: { name: reids } } }\n"
                                        + "  - { name: redis, type: capability, properties: { image: r } }\n")
                        .getFirst();

        assertThat(problem.message()).endsWith("; did you mean redis?");
    }

    @Test
    void fieldsThatOthersPutInAreKeptWithAWarning() {
        var warnings = problems("    properties: { image: r }\n    extra: x\n  note: y\n");

        assertThat(warnings)
                .extracting(ManifestProblem::path)
                .containsExactly("spec.components[0].extra", "spec.note");
        assertThat(warnings).extracting(ManifestProblem::severity).containsOnly(Severity.WARNING);
    }

    @Test
    void anInterfaceThatIsNotKnownIsAWarning() {
        assertThat(problems(linked("keyvalue", "stroe")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).isEqualTo("UnknownInterface");
                    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                    assertThat(problem.message()).contains("\"wasi:keyvalue/stroe\"", "store?");
                });
        assertThat(problems(linked("keyvlaue", "store")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).endsWith("mean keyvalue?"));
        assertThat(problems(linked("keyvalue", "batch, watch"))).isEmpty();
    }

    @Test
    void olderSpellingsAreWarnings() {
        var document = HEAD.replace("type: component", "type: actor");

        assertThat(problems(document, "    properties: { image: r }\n"))
                .extracting(ManifestProblem::rule)
                .containsExactly("Deprecated");
    }

    @Test
    void aConfigWithEmptyPropertiesIsExternalAndTheAuthorIsTold() {
        assertThat(problems("    properties: { image: r, config: [{ name: c, properties: }] }\n"))
                .extracting(ManifestProblem::rule)
                .containsExactly("EmptyField");
    }

    @Test
    void numbersInAConfigAreTheTextThatWasWritten() {
        var manifest =
                GoodDocumentsTest.read(
                        bytes(
                                HEAD
                                        + "    properties: { image: r, config: [{ name: c, properties:"
                                        + " { a: 8080, b: 1.50, c: True, d: 0x1F } }] }\n"),
                        Format.YAML);

        assertThat(manifest.components().getFirst().config().getFirst().properties().orElseThrow())
                .containsEntry("a", "8080")
                .containsEntry("b", "1.50")
                .containsEntry("c", "True")
                .containsEntry("d", "0x1F");
    }

    @Test
    void aTraitThatResemblesASpreadStaysWhatItsTypeSays() {
        var manifest =
                GoodDocumentsTest.read(
                        bytes(
                                HEAD
                                        + "    properties: { image: r }\n    traits: [{ type: mine,"
                                        + " properties: { instances: 4 } }]\n"),
                        Format.YAML);

        assertThat(manifest.components().getFirst().traits().getFirst())
                .isInstanceOf(Trait.Other.class);
    }

    @Test
    void aTraitTypeThatIsNearlyOneOfOursIsAWarning() {
        for (var type : new String[] {"spreadscalar", "linkdef"}) {
            assertThat(
                            problems(
                                    "    properties: { image: r }\n    traits: [{ type: %s, properties: {} }]\n"
                                            .formatted(type)))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.rule()).isEqualTo("UnknownValue");
                        assertThat(problem.message()).contains("did you mean");
                    });
        }
    }

    @Test
    void aLongImageReferenceIsAccepted() {
        assertThat(problems("    properties: { image: r/%s }\n".formatted("x".repeat(510))))
                .isEmpty();
    }

    private static String linked(String packageName, String interfaces) {
        return "    properties: { image: r }\n    traits: [{ type: link, properties: { namespace: wasi,"
                + " package: %s, interfaces: [%s], target: { name: a } } }]%n"
                        .formatted(packageName, interfaces);
    }

    private static List<ManifestProblem> problems(String rest) {
        return problems(HEAD, rest);
    }

    private static List<ManifestProblem> problems(String head, String rest) {
        return switch (ManifestReader.read(bytes(head + rest), Format.YAML)) {
            case ParseResult.Accepted(_, var warnings) -> warnings;
            case ParseResult.Refused(var problems) -> problems;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
