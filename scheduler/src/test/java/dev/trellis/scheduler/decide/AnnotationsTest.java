package dev.trellis.scheduler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AnnotationsTest {
    private static OptionalInt numberIn(Map<String, String> annotations) {
        return Annotations.versionNumber(
                new Running(WorkloadKind.COMPONENT, "reg/api:1", new TreeMap<>(annotations), 1));
    }

    @Test
    void theVersionNumberIsReadWithAndWithoutRestarts() {
        assertThat(numberIn(Map.of(Annotations.VERSION, "12"))).hasValue(12);
        assertThat(numberIn(Map.of(Annotations.VERSION, "12.3"))).hasValue(12);
    }

    @Test
    void whatAPersonWroteThereIsNoVersion() {
        for (var written : new String[] {"", "v1", "1.", "-1", "99999999999", "1.2.3"}) {
            assertThat(numberIn(Map.of(Annotations.VERSION, written))).as(written).isEmpty();
        }
        assertThat(numberIn(Map.of())).isEmpty();
    }
}
