package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoodDocumentsTest {

    @ParameterizedTest
    @MethodSource("dev.trellis.manifest.codec.Samples#good")
    void everyGoodDocumentIsAccepted(Path sample) {
        assertThat(ManifestReader.read(Samples.bytes(sample), Format.YAML_OR_JSON))
                .isInstanceOf(ParseResult.Accepted.class);
    }

    @ParameterizedTest
    @MethodSource("dev.trellis.manifest.codec.Samples#good")
    void whatIsWrittenReadsAsTheSameManifest(Path sample) {
        var manifest = accepted(sample);

        assertThat(read(ManifestWriter.json(manifest), Format.JSON)).isEqualTo(manifest);
        assertThat(read(ManifestWriter.json(manifest), Format.YAML)).isEqualTo(manifest);
        assertThat(read(ManifestWriter.yaml(manifest), Format.YAML)).isEqualTo(manifest);
        assertThat(read(ManifestWriter.canonical(manifest), Format.JSON)).isEqualTo(manifest);
    }

    @ParameterizedTest
    @MethodSource("dev.trellis.manifest.codec.Samples#good")
    void theCanonicalFormSurvivesEveryWayOfWriting(Path sample) {
        var manifest = accepted(sample);

        assertThat(ManifestWriter.canonical(read(ManifestWriter.yaml(manifest), Format.YAML)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(new String(ManifestWriter.canonical(manifest), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("dev.trellis.manifest.codec.Samples#good")
    void theHashDoesNotKnowTheVersion(Path sample) {
        var manifest = accepted(sample);

        assertThat(ManifestWriter.hash(manifest.withVersion("another")))
                .isEqualTo(ManifestWriter.hash(manifest))
                .matches("sha256:[0-9a-f]{64}");
    }

    @ParameterizedTest
    @MethodSource("dev.trellis.manifest.codec.Samples#good")
    void whatIsWrittenGivesNoNewWarnings(Path sample) {
        var again = ManifestReader.read(ManifestWriter.yaml(accepted(sample)), Format.YAML);

        assertThat(again)
                .isInstanceOfSatisfying(
                        ParseResult.Accepted.class,
                        accepted -> assertThat(accepted.warnings()).isEmpty());
    }

    private static Manifest accepted(Path sample) {
        return read(Samples.bytes(sample), Format.YAML_OR_JSON);
    }

    static Manifest read(byte[] document, Format format) {
        return switch (ManifestReader.read(document, format)) {
            case ParseResult.Accepted(var manifest, _) -> manifest;
            case ParseResult.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }
}
