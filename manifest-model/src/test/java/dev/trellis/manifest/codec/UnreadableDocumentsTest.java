package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.ManifestProblem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableDocumentsTest {

    @ParameterizedTest
    @EnumSource(Format.class)
    void anEmptyDocumentIsRefused(Format format) {
        assertThat(only("", format).message()).contains("empty");
    }

    @Test
    void aDocumentOfCommentsIsEmptyToo() {
        assertThat(only("# nothing\n\n", Format.YAML).message()).contains("empty");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aDocumentOverTheLimitIsRefusedUnread(Format format) {
        var problem = only("#".repeat(Limits.DOCUMENT_BYTES + 1), format);

        assertThat(problem.rule()).isEqualTo("TooLarge");
        assertThat(problem.message()).contains("524289", "524288");
    }

    @Test
    void bytesThatAreNotUtf8AreNamedWithTheirPlace() {
        var bytes = "a: b\nc: x".getBytes(StandardCharsets.UTF_8);
        bytes[8] = (byte) 0xC3;

        assertThat(ManifestReader.read(bytes, Format.YAML))
                .isInstanceOfSatisfying(
                        ParseResult.Refused.class,
                        refused -> {
                            var problem = refused.problems().getFirst();
                            assertThat(problem.rule()).isEqualTo("Syntax");
                            assertThat(problem.line()).isEqualTo(2);
                            assertThat(problem.column()).isEqualTo(4);
                        });
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aNulIsNamedWithItsPlace(Format format) {
        var problem = only("{\n \0}", format);

        assertThat(problem.message()).contains("NUL");
        assertThat(problem.line()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}"})
    void escapesCannotBringInWhatIsNoText(String document) {
        assertThat(only(document, Format.JSON).rule()).isEqualTo("Syntax");
        assertThat(only(document, Format.YAML).rule()).isEqualTo("Syntax");
    }

    @Test
    void aControlCharacterIsNamedWithItsPlace() {
        var problem = only("a: b\nc: \u0007", Format.YAML);

        assertThat(problem.message()).contains("U+0007");
        assertThat(problem.line()).isEqualTo(2);
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(
                        ManifestReader.read(
                                bytes(
                                        "\uFEFFapiVersion: core.oam.dev/v1beta1\nkind: Application\n"
                                                + "metadata: {name: a}\nspec: {components: []}"),
                                Format.YAML))
                .isInstanceOf(ParseResult.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void nestingThatIsTooDeepIsRefused(Format format) {
        int levels = 100_000;
        var problem = only("{\"a\":" + "[".repeat(levels), format);

        assertThat(problem.rule()).isEqualTo("TooDeep");
    }

    @Test
    void nestingByAliasesCountsToo() {
        var document = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 100; i++) {
            document.append("a%d: &a%d [*a%d]%n".formatted(i, i, i - 1));
        }

        assertThat(only(document.toString(), Format.YAML).rule()).isEqualTo("TooDeep");
    }

    @Test
    void anAliasBombIsRefused() {
        var document = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 30; i++) {
            var part = ("*a" + (i - 1) + ",").repeat(9) + "*a" + (i - 1);
            document.append("a%d: &a%d [%s]%n".formatted(i, i, part));
        }

        assertThat(only(document.toString(), Format.YAML).rule()).isEqualTo("TooLarge");
    }

    @Test
    void anAliasInsideItsOwnAnchorIsRefused() {
        assertThat(only("a: &a [*a]", Format.YAML).message()).contains("*a");
    }

    @Test
    void aManifestThatAliasesMakeTooLargeIsRefused() {
        var document =
                new StringBuilder(
                        """
                        apiVersion: core.oam.dev/v1beta1
                        kind: Application
                        metadata: { name: large }
                        spec:
                          components:
                          - &a { name: a0, type: component, properties: { image: r, config: &c [ { name: c,
                            properties: { k: "%s" } } ] } }
                        """
                                .formatted("x".repeat(20_000)));
        for (int i = 1; i < 40; i++) {
            document.append(
                    "  - { name: a%d, type: component, properties: { image: r, config: *c } }%n"
                            .formatted(i));
        }

        assertThat(only(document.toString(), Format.YAML).message()).contains("written out");
    }

    @Test
    void aSecondJsonDocumentIsRefused() {
        assertThat(only("{}\n{}", Format.JSON).line()).isEqualTo(2);
    }

    @Test
    void brokenJsonIsNamedWithItsPlace() {
        var problem = only("{\"apiVersion\": \"x\",\n \"kind\" 1}", Format.JSON);

        assertThat(problem.rule()).isEqualTo("Syntax");
        assertThat(problem.line()).isEqualTo(2);
    }

    @Test
    void moreProblemsThanTheLimitAreCounted() {
        var result = ManifestReader.read(bytes("x: 1\n" + numbered(1_000)), Format.YAML);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ParseResult.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .hasSize(Limits.PROBLEMS + 1)
                                        .last()
                                        .extracting(ManifestProblem::message)
                                        .asString()
                                        .contains("805 more"));
    }

    private static String numbered(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("f").append(i).append(": 1\n");
        }
        return text.toString();
    }

    private static ManifestProblem only(String document, Format format) {
        return switch (ManifestReader.read(bytes(document), format)) {
            case ParseResult.Accepted accepted -> throw new AssertionError(accepted.toString());
            case ParseResult.Refused(var problems) -> {
                assertThat(problems).hasSize(1);
                yield problems.getFirst();
            }
        };
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
