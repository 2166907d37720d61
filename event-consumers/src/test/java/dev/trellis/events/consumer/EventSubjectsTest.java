package dev.trellis.events.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.LatticeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventSubjectsTest {
    private final EventSubjects subjects = new EventSubjects("");

    @Test
    void aSubjectNamesItsLattice() {
        assertThat(subjects.lattice("wasmbus.evt.blue.host_started"))
                .contains(new LatticeName("blue"));
        assertThat(new EventSubjects("AXY").lattice("AXY.wasmbus.evt.blue.host_started"))
                .contains(new LatticeName("blue"));
        assertThat(subjects.lattice("wadm.evt.blue.x")).isEmpty();
        assertThat(subjects.lattice("wasmbus.evt.blue")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "wasmbus.evt.*.>, true",
        "wasmbus.evt.>, true",
        "wasmbus.>, true",
        ">, true",
        "wasmbus.*.*.>, true",
        "wasmbus.evt.default.>, false",
        "wasmbus.evt.*.host_heartbeat, false",
        "wasmbus.evt.*.*.>, false",
        "wasmbus.evt, false",
        "*.wasmbus.evt.>, false",
    })
    void aStreamCapturesAllOrOnlyAPart(String subject, boolean all) {
        assertThat(subjects.capturedBy(subject)).isEqualTo(all);
    }
}
