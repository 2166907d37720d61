package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.ManifestProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * wadm's own manifests get wadm's verdict. Where wadm warns, so does Trellis; it also warns of
 * spellings that wadm rewrites in silence. Errors are named by rule, one for each that wadm has,
 * and some that wadm's parser stops before.
 */
class WadmVerdictTest {

    private static final Path ROOT = Path.of("src/test/resources/wadm");

    record Verdict(List<String> errors, List<String> warnings) {
        static Verdict accepted(String... warnings) {
            return new Verdict(List.of(), List.of(warnings));
        }

        static Verdict refused(String... errors) {
            return new Verdict(List.of(errors), List.of());
        }
    }

    static Stream<Arguments> verdicts() {
        return Stream.of(
                row("oam/config.yaml", Verdict.accepted()),
                row("oam/custom.yaml", Verdict.accepted()),
                row("oam/echo.yaml", Verdict.accepted()),
                row("oam/hello.yaml", Verdict.accepted()),
                row("oam/kvcounter.yaml", Verdict.accepted("UnknownInterface", "UnknownInterface")),
                row("oam/simple1.json", Verdict.accepted()),
                row("oam/simple1.yaml", Verdict.accepted()),
                row("oam/simple2.yaml", Verdict.accepted()),
                row("oam/sqldbpostgres.yaml", Verdict.accepted()),
                row("manifests/all_hosts.yaml", Verdict.accepted()),
                row("manifests/complex.yaml", Verdict.accepted()),
                row("manifests/correct_unique_interface_links.yaml", Verdict.accepted()),
                row("manifests/custom-interface.wadm.yaml", Verdict.accepted()),
                row("manifests/dangling-link.wadm.yaml", Verdict.refused("DanglingLink")),
                row("manifests/deprecated-source-and-target-config.yaml", Verdict.accepted()),
                row(
                        "manifests/duplicate_component.yaml",
                        Verdict.refused("DuplicateName", "DuplicateName")),
                row("manifests/duplicate_id1.yaml", Verdict.refused("DuplicateId")),
                row("manifests/duplicate_id2.yaml", Verdict.refused("DuplicateId")),
                row(
                        "manifests/duplicate_link_config_names.wadm.yaml",
                        Verdict.refused("DuplicateName", "DuplicateName", "DuplicateName")),
                row("manifests/duplicate_links.yaml", Verdict.refused("Conflict")),
                row("manifests/host_stop.yaml", Verdict.accepted()),
                row(
                        "manifests/incorrect_component.yaml",
                        Verdict.refused("MissingField", "DuplicateName", "DuplicateName")),
                row("manifests/incorrect_unique_interface_links.yaml", Verdict.refused("Conflict")),
                row("manifests/long_image_refs.yaml", Verdict.accepted()),
                row("manifests/lotta_components.yaml", Verdict.accepted()),
                row("manifests/made-up-key.wadm.yaml", Verdict.refused("UnknownField")),
                row("manifests/misnamed-interface.wadm.yaml", Verdict.accepted("UnknownInterface")),
                row("manifests/missing_capability_component.yaml", Verdict.refused("DanglingLink")),
                row("manifests/outdatedapp.yaml", Verdict.accepted()),
                row("manifests/policy.wadm.yaml", Verdict.accepted()),
                row("manifests/simple.wadm.yaml", Verdict.accepted()),
                row("manifests/simple.yaml", Verdict.accepted()),
                row("manifests/simple2.yaml", Verdict.accepted()),
                row("manifests/unknown-package.wadm.yaml", Verdict.accepted("UnknownInterface")),
                row("manifests/upgradedapp.yaml", Verdict.accepted()),
                row("manifests/upgradedapp2.yaml", Verdict.accepted()),
                row("manifests/upgradedapp3.yaml", Verdict.accepted()),
                row("manifests/shared/both_properties.yaml", Verdict.refused("Conflict")),
                row("manifests/shared/no_matching_app.yaml", Verdict.accepted()),
                row("manifests/shared/no_matching_component.yaml", Verdict.accepted()),
                row("manifests/shared/no_properties.yaml", Verdict.refused("MissingField")),
                row("manifests/shared/notshared_http.yaml", Verdict.accepted()),
                row("manifests/shared/notshared_http_dev.yaml", Verdict.accepted()),
                row("manifests/shared/shared_component.yaml", Verdict.accepted()),
                row("manifests/shared/shared_component_dev.yaml", Verdict.accepted()),
                row("manifests/shared/shared_http.yaml", Verdict.accepted()),
                row("manifests/shared/shared_http_dev.yaml", Verdict.accepted()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verdicts")
    void itsVerdictIsThatOfWadm(String file, Verdict verdict) {
        var problems = problems(file);

        assertThat(rules(problems.stream().filter(ManifestProblem::isError)))
                .as("errors: %s", problems)
                .containsExactlyInAnyOrderElementsOf(verdict.errors());
        if (verdict.errors().isEmpty()) {
            assertThat(
                            rules(
                                    problems.stream()
                                            .filter(problem ->
                                                    !problem.rule().equals("Deprecated"))))
                    .as("warnings: %s", problems)
                    .containsExactlyInAnyOrderElementsOf(verdict.warnings());
        }
    }

    @Test
    void theOlderSpellingsThatWadmWarnsOfAreWarnedOf() {
        assertThat(problems("manifests/deprecated-source-and-target-config.yaml"))
                .filteredOn(problem -> problem.path().endsWith("_config"))
                .hasSize(2)
                .noneMatch(ManifestProblem::isError);
    }

    @Test
    void everyManifestOfWadmHasItsRow() throws Exception {
        try (var files = Files.walk(ROOT)) {
            var all =
                    files.filter(file -> file.toString().matches(".*\\.(yaml|json)"))
                            .map(file -> ROOT.relativize(file).toString())
                            .toList();

            assertThat(verdicts().map(row -> row.get()[0]))
                    .containsExactlyInAnyOrderElementsOf(all);
        }
    }

    private static Arguments row(String file, Verdict verdict) {
        return Arguments.of(file, verdict);
    }

    private static List<ManifestProblem> problems(String file) {
        return switch (ManifestReader.read(
                Samples.bytes(ROOT.resolve(file)), Format.YAML_OR_JSON)) {
            case ParseResult.Accepted(_, var warnings) -> warnings;
            case ParseResult.Refused(var problems) -> problems;
        };
    }

    private static List<String> rules(Stream<ManifestProblem> problems) {
        return problems.map(ManifestProblem::rule).toList();
    }
}
