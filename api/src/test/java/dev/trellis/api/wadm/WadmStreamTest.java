package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WadmStreamTest {
    @ParameterizedTest
    @CsvSource({
        "wadm.evt.*.>,wadm.evt.*.>,true",
        "wadm.evt.>,wadm.evt.*.>,true",
        "*.evt.>,wadm.evt.*.>,true",
        ">,wadm.evt.*.>,true",
        "wadm.evt.*,wadm.evt.*.>,false",
        "wadm.evt.*.*,wadm.evt.*.>,false",
        "wadm.evt.default.>,wadm.evt.*.>,false",
        "a.wadm.evt.*.>,wadm.evt.*.>,false",
        "wadm.status.*.*,wadm.status.*.*,true",
        "wadm.status.*,wadm.status.*.*,false",
        "wadm.status.>,wadm.status.*.*,true"
    })
    void aPatternCoversAnotherWhenItMatchesAllThatThatOneDoes(
            String outer, String inner, boolean covers) {
        assertThat(WadmStream.covers(outer, inner)).isEqualTo(covers);
    }
}
