package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WadmSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"*", ">", "$JS", "a.b", "", "a b", "$JS.API"})
    void b02NoAccountReachesIntoJetStreamsSubjects(String account) {
        assertThatThrownBy(() -> WadmSettings.DEFAULTS.withAccount(account))
                .hasMessageContaining("account");
    }

    @Test
    void anAccountIsPutBeforeSubjectsAndBehindStreams() {
        var settings = WadmSettings.DEFAULTS.withAccount("x");

        assertThat(settings.subject("wadm.evt.*.>")).isEqualTo("x.wadm.evt.*.>");
        assertThat(settings.stream("wadm_events")).isEqualTo("wadm_events_x");
        assertThat(WadmSettings.DEFAULTS.stream("wadm_events")).isEqualTo("wadm_events");
    }
}
