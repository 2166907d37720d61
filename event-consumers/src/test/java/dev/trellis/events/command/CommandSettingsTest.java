package dev.trellis.events.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CommandSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theDefaultsAreThese() {
        assertThat(CommandSettings.DEFAULTS)
                .isEqualTo(
                        new CommandSettings(
                                "wasmbus.ctl",
                                "",
                                1024,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10)));
    }

    @Test
    void theNamesAreThese() {
        assertThat(CommandSettings.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactly(
                        "prefix",
                        "account",
                        "inFlight",
                        "slowAfter",
                        "timeout",
                        "queryTimeout",
                        "pingWindow");
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        assertThatThrownBy(() -> of("", "", 1, SECOND)).hasMessageContaining("prefix");
        assertThatThrownBy(() -> of("a.", "", 1, SECOND)).hasMessageContaining("prefix");
        assertThatThrownBy(() -> of("a", "b.c", 1, SECOND)).hasMessageContaining("account");
        assertThatThrownBy(() -> of("a", "", 0, SECOND)).hasMessageContaining("in-flight");
        assertThatThrownBy(() -> of("a", "", 1, Duration.ZERO)).hasMessageContaining("timeout");
    }

    private static CommandSettings of(
            String prefix, String account, int inFlight, Duration timeout) {
        return new CommandSettings(prefix, account, inFlight, SECOND, timeout, SECOND, SECOND);
    }
}
