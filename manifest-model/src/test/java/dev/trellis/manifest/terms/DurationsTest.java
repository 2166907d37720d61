package dev.trellis.manifest.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "15m, PT15M",
        "24h, PT24H",
        "1h30m, PT1H30M",
        "500ms, PT0.5S",
        "0s, PT0S",
        "2d, PT48H",
        "1m5ms, PT1M0.005S",
        "365d, PT8760H",
    })
    void aLengthOfTimeIsANumberWithItsUnit(String text, Duration length) {
        assertThat(Durations.parse(text)).contains(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "15",
                "m",
                "15 m",
                "-1s",
                "1.5h",
                "30m1h",
                "1s1s",
                "PT1M",
                "366d",
                "1w",
                "9999999999s",
                "15M",
                "٣s",
            })
    void anythingElseIsNone(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
