package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.ManifestProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad document names, in comments at its top, the path, line and rule of every error. */
class BadDocumentsTest {

    private static final Pattern EXPECTED =
            Pattern.compile("^# expect (.*) (\\d+) (\\w+)$", Pattern.MULTILINE);

    @ParameterizedTest
    @MethodSource("dev.trellis.manifest.codec.Samples#bad")
    void everyErrorIsFoundWhereItIs(Path sample) {
        assertThat(errors(sample).stream().map(BadDocumentsTest::spell))
                .containsExactlyInAnyOrderElementsOf(expected(sample));
    }

    @ParameterizedTest
    @MethodSource("dev.trellis.manifest.codec.Samples#bad")
    void everyMessageSaysSomethingOnOneLineWithoutTheWordJson(Path sample) {
        assertThat(errors(sample))
                .allSatisfy(problem ->
                        assertThat(problem.message())
                                .isNotBlank()
                                .hasLineCount(1)
                                .doesNotContain("JSON", "dev.trellis", "null"));
    }

    private static List<String> expected(Path sample) {
        var text = new String(Samples.bytes(sample), StandardCharsets.UTF_8);
        return EXPECTED.matcher(text)
                .results()
                .map(found -> found.group(1) + " " + found.group(2) + " " + found.group(3))
                .toList();
    }

    private static List<ManifestProblem> errors(Path sample) {
        return switch (ManifestReader.read(Samples.bytes(sample), Format.YAML)) {
            case ParseResult.Accepted _ -> List.of();
            case ParseResult.Refused(var problems) ->
                    problems.stream().filter(ManifestProblem::isError).toList();
        };
    }

    private static String spell(ManifestProblem problem) {
        return problem.path() + " " + problem.line() + " " + problem.rule();
    }
}
