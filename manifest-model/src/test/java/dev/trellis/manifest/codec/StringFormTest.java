package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.ManifestProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that came as texts holding YAML or JSON are the settings. */
class StringFormTest {

    private static final String HEAD =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata: { name: app }
            spec:
              components:
                - { name: api, type: component, properties: { image: r } }
              policies:
                - name: waves
                  type: rollout
                  properties:
            """;

    @ParameterizedTest
    @ValueSource(strings = {"rollout", "placement"})
    void bothSpellingsAreOneManifestWithOneHash(String sample) {
        var nested = sample(sample);
        var wire = sample(sample + "-wire");

        assertThat(ManifestWriter.hash(wire)).isEqualTo(ManifestWriter.hash(nested));
        assertThat(wire.policies()).isEqualTo(nested.policies());
        assertThat(wire.components()).isEqualTo(nested.components());
        assertThat(wire.rollout()).isEqualTo(nested.rollout());
    }

    @Test
    void whatIsWrittenIsTheReadableForm() {
        var written =
                new String(ManifestWriter.yaml(sample("rollout-wire")), StandardCharsets.UTF_8);

        assertThat(written)
                .contains("maxParallel: \"25%\"", "- name: \"canary\"")
                .doesNotContain("|", "{\"");
    }

    @Test
    void clientsThatKnowTextsAloneGetTextsAndTheyReadAsTheSameManifest() throws Exception {
        var manifest = sample("rollout");
        var texts = ManifestWriter.jsonOfTexts(manifest);

        assertThat(new ObjectMapper().readTree(texts).at("/spec/policies/0/properties"))
                .isNotEmpty()
                .allSatisfy(value -> assertThat(value.isTextual()).isTrue());
        assertThat(GoodDocumentsTest.read(texts, Format.JSON)).isEqualTo(manifest);
    }

    @Test
    void aPropertyThatIsATextStaysOne() {
        assertThat(problems("        onFailure: \"[pause]\"\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).isEqualTo("UnknownValue"));
    }

    @Test
    void aProblemInALiteralBlockIsAtItsOwnLineAndColumn() {
        assertThat(problems("        stages: |\n          - name: one\n            upTo: 0\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(13);
                    assertThat(problem.column()).isEqualTo(19);
                });
    }

    @Test
    void aProblemInATextOnOneLineIsAtItsOwnColumn() {
        assertThat(problems("        rollback: '{ maxParallel: 0 }'\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(11);
                    assertThat(problem.column()).isEqualTo(35);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "        stages: \"- name: one\\n  upTo: 0\"\n",
                "        stages: >-\n          [{ name: one,\n          upTo: 0 }]\n"
            })
    void whereTheTextIsNotInTheDocumentLetterByLetterTheProblemIsWhereTheTextIs(String properties) {
        assertThat(problems(properties))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path())
                            .isEqualTo("spec.policies[0].properties.stages[0].upTo");
                    assertThat(problem.line()).isEqualTo(11);
                    assertThat(problem.column()).isEqualTo(17);
                });
    }

    @Test
    void aTextThatCannotBeReadIsNamedOnceWithWhatIsWrongInside() {
        assertThat(problems("        stages: |\n          - name: [one\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("spec.policies[0].properties.stages");
                    assertThat(problem.message()).startsWith("inside the text: ");
                });
    }

    @Test
    void anEmptyTextCountsAsAbsent() {
        assertThat(problems("        stages: \"\"\n"))
                .extracting(ManifestProblem::rule)
                .containsExactly("EmptyField");
    }

    @Test
    void bombsInsideTextsCountTogether() {
        var text = new StringBuilder("[&a [x,x,x,x,x,x,x,x,x,x]");
        for (char c = 'b'; c < 'f'; c++) {
            text.append(", &%c [".formatted(c))
                    .append("*%c,".formatted(c - 1).repeat(10))
                    .append("]");
        }
        text.append("]");
        var properties = new StringBuilder();
        for (var field : List.of("stages", "windows", "components")) {
            properties.append("        %s: \"%s\"%n".formatted(field, text));
        }

        assertThat(problems(properties.toString()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).isEqualTo("TooLarge");
                    assertThat(problem.message()).contains("" + Limits.NODES);
                });
    }

    @Test
    void nestingInsideATextCountsWithTheNestingAroundIt() {
        assertThat(problems("        stages: \"" + "[".repeat(61) + "]".repeat(61) + "\"\n"))
                .extracting(ManifestProblem::rule)
                .containsExactly("TooDeep");
    }

    private static Manifest sample(String name) {
        var path = Path.of("src/test/resources/documents/good", name + ".yaml");
        return GoodDocumentsTest.read(Samples.bytes(path), Format.YAML);
    }

    private static List<ManifestProblem> problems(String properties) {
        var document = (HEAD + properties).getBytes(StandardCharsets.UTF_8);
        return switch (ManifestReader.read(document, Format.YAML)) {
            case ParseResult.Accepted(_, var warnings) -> warnings;
            case ParseResult.Refused(var problems) -> problems;
        };
    }
}
