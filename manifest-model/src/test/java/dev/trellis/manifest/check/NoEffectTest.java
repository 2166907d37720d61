package dev.trellis.manifest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is allowed and changes nothing, or not what it seems to, is told. */
class NoEffectTest {

    private static final String HEAD =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata: { name: app }
            spec:
              components:
                - name: api
                  type: component
                  properties: { image: r }
                  traits:
            """;

    private static final String ROLLOUT =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata: { name: app }
            spec:
              components: [{ name: api, type: component, properties: { image: r } }]
              policies:
                - name: waves
                  type: rollout
            """;

    @Test
    void aPlacementWithoutAScaler() {
        assertThat(
                        warnings(
                                HEAD
                                        + "        - { type: placement, properties: { maxPerHost: 2 } }\n"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.rule()).isEqualTo("NoEffect");
                    assertThat(warning.path()).isEqualTo("spec.components[0].traits[0]");
                });
    }

    @Test
    void boundsOfASpreadUnderADaemonscaler() {
        assertThat(
                        warnings(
                                HEAD
                                        + "        - { type: daemonscaler, properties: { instances: 1 } }\n"
                                        + "        - { type: placement, properties: { spreads: {"
                                        + " default: { min: 1, max: 2 } } } }\n"))
                .extracting(ManifestProblem::path)
                .containsExactly(
                        "spec.components[0].traits[1].properties.spreads.default.min",
                        "spec.components[0].traits[1].properties.spreads.default.max");
    }

    @Test
    void boundsThatLeaveInstancesUnplacedForEver() {
        assertThat(
                        warnings(
                                HEAD
                                        + "        - { type: spreadscaler, properties: { instances: 5 } }\n"
                                        + "        - { type: placement, properties: { spreads: {"
                                        + " default: { max: 2 } } } }\n"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.rule()).isEqualTo("Impossible");
                    assertThat(warning.message()).contains("3 of the 5 instances");
                });
    }

    @Test
    void aStageThatReachesNoHostBeyondAnEarlierOne() {
        assertThat(
                        warnings(
                                ROLLOUT
                                        + "      properties: { stages: [{ name: a, upTo: 50% }, { name:"
                                        + " b, upTo: 10% }, { name: c, upTo: 3 }, { name: d }] }\n"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.rule()).isEqualTo("NoEffect");
                    assertThat(warning.path())
                            .isEqualTo("spec.policies[0].properties.stages[1].upTo");
                });
    }

    @Test
    void aRolloutOfAnApplicationThatRunsNothingItself() {
        assertThat(
                        warnings(
                                ROLLOUT.replace(
                                                "image: r",
                                                "application: { name: x, component: y }")
                                        + "      properties: {}\n"))
                .extracting(ManifestProblem::rule)
                .containsExactly("NoEffect");
    }

    @Test
    void surgeNeedsNoHostToBeUnavailable() {
        assertThat(warnings(ROLLOUT + "      properties: { strategy: surge, maxUnavailable: 0 }\n"))
                .isEmpty();
    }

    private static List<ManifestProblem> warnings(String document) {
        var bytes = document.getBytes(StandardCharsets.UTF_8);
        return switch (ManifestReader.read(bytes, Format.YAML)) {
            case ParseResult.Accepted(_, var warnings) -> warnings;
            case ParseResult.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }
}
