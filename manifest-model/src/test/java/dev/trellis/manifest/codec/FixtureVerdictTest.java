package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.samples.ManifestSamples;
import dev.trellis.manifest.ManifestProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples that all modules share are what they say they are. */
class FixtureVerdictTest {

    static List<String> good() {
        return List.copyOf(ManifestSamples.good().keySet());
    }

    static List<ManifestSamples.Bad> bad() {
        return ManifestSamples.bad();
    }

    @ParameterizedTest
    @MethodSource("good")
    void everyGoodSampleIsAccepted(String file) {
        assertThat(read(ManifestSamples.good(file))).isInstanceOf(ParseResult.Accepted.class);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void everyBadSampleIsRefusedForTheOneThingThatIsWrong(ManifestSamples.Bad sample) {
        assertThat(read(sample.text()))
                .isInstanceOfSatisfying(
                        ParseResult.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .filteredOn(ManifestProblem::isError)
                                        .singleElement()
                                        .satisfies(problem -> {
                                            assertThat(problem.path()).isEqualTo(sample.path());
                                            assertThat(problem.rule()).isEqualTo(sample.rule());
                                        }));
    }

    private static ParseResult read(String text) {
        return ManifestReader.read(text.getBytes(StandardCharsets.UTF_8), Format.YAML_OR_JSON);
    }
}
