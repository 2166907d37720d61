package dev.trellis.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trellis.scheduler.step.CoreSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Defaults and bounds of how loops are run. */
final class LoopSettingsTest {
    @Test
    void latticesAreLookedForEveryFiveSeconds() {
        assertThat(LoopSettings.DEFAULTS.discovery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(LoopSettings.DEFAULTS.mailbox()).isEqualTo(8192);
        assertThat(LoopSettings.DEFAULTS.core()).isEqualTo(CoreSettings.DEFAULTS);
    }

    @Test
    void aMailboxHoldsOneEventAtLeast() {
        assertThatThrownBy(() -> new LoopSettings(CoreSettings.DEFAULTS, 0, Duration.ofSeconds(5)))
                .hasMessageContaining("mailbox");
    }

    @Test
    void latticesAreLookedForTenTimesASecondAtMost() {
        assertThatThrownBy(() -> new LoopSettings(CoreSettings.DEFAULTS, 1, Duration.ofMillis(99)))
                .hasMessageContaining("discovery");
    }

    @Test
    void aStartIsGivenTwoMinutesAndASecondAtLeast() {
        assertThat(CoreSettings.DEFAULTS.startDeadline()).isEqualTo(Duration.ofMinutes(2));
        assertThatThrownBy(() ->
                        new CoreSettings(
                                CoreSettings.DEFAULTS.plan(),
                                CoreSettings.DEFAULTS.liveness(),
                                Duration.ofMillis(999),
                                Duration.ofSeconds(10)))
                .hasMessageContaining("start-deadline");
    }
}
