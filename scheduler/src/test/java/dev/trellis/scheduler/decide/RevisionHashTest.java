package dev.trellis.scheduler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.WorkloadId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What two versions are told apart by. */
final class RevisionHashTest {
    private static final Set<WorkloadId> COVERED = Set.of(new WorkloadId("My-Shop-api"));

    private static String hash(String config) {
        var document =
                """
                apiVersion: core.oam.dev/v1beta1
                kind: Application
                metadata: {name: My-Shop}
                spec:
                  components:
                    - name: api
                      type: component
                      properties: {image: "reg/api:1", id: My-Shop-api, config: [{name: %s}]}
                """
                        .formatted(config);
        return RevisionHash.of(AppCompilerTest.compiled(document, 0), COVERED);
    }

    @Test
    @DisplayName(
            "A37: what differs in config alone has another hash; equals agree on every machine")
    void a37ConfigAloneMakesAnotherHashAndEqualsAgreeEverywhere() {
        assertThat(hash("one")).isEqualTo(hash("one")).isNotEqualTo(hash("two"));
        assertThat(hash("one")).isEqualTo("3bd1d579ce765330");
        assertThat(RevisionHash.ofConfig(new TreeMap<>(Map.of("a", "1", "b", "2"))))
                .isEqualTo("2b8633e5")
                .isNotEqualTo(RevisionHash.ofConfig(new TreeMap<>(Map.of("a", "12", "b", ""))));
    }
}
