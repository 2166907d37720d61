package dev.trellis.manifest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.Severity;
import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void problemsComeInTheOrderOfTheDocument() {
        var findings = new Findings(Places.NONE);
        findings.add("b", new Place(2, 1), Rule.CONFLICT, "b", Severity.ERROR);
        findings.add("a", new Place(1, 9), Rule.CONFLICT, "a", Severity.WARNING);
        findings.add("c", new Place(2, 5), Rule.CONFLICT, "c", Severity.ERROR);

        assertThat(findings.problems())
                .extracting(ManifestProblem::path)
                .containsExactly("a", "b", "c");
    }

    @Test
    void warningsNeverPushOutAnError() {
        var findings = new Findings(Places.NONE);
        for (int i = 0; i < Limits.PROBLEMS + 5; i++) {
            findings.warning("w", Rule.DEPRECATED, "w");
        }
        findings.error("e", Rule.CONFLICT, "e");

        assertThat(findings.hasErrors()).isTrue();
        assertThat(findings.problems())
                .hasSize(Limits.PROBLEMS + 2)
                .filteredOn(ManifestProblem::isError)
                .hasSize(1);
        assertThat(findings.problems().getLast().message())
                .isEqualTo("5 more of severity warning are not listed");
    }

    @Test
    void warningsAloneRefuseNothing() {
        var findings = new Findings(Places.NONE);
        findings.warning("w", Rule.DEPRECATED, "w");

        assertThat(findings.hasErrors()).isFalse();
    }
}
