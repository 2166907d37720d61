package dev.trellis.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trellis.api.store.StoreSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults and bounds of what can be set of the API and its store. */
class SettingsTest {
    private static final Optional<String> NONE = Optional.empty();
    private static final Duration TWO = Duration.ofSeconds(2);

    @Test
    void theApiWaitsTwoSecondsForAnOwnerAndSaysSo() {
        assertThat(ApiSettings.DEFAULTS.askTimeout()).isEqualTo(TWO);
        assertThat(ApiSettings.DEFAULTS.retryAfter()).isEqualTo(TWO);
        assertThat(ApiSettings.DEFAULTS.account()).isEmpty();
    }

    @Test
    void anAccountIsPutBeforeEverySubject() {
        var tenant = new ApiSettings(Optional.of("acme"), "trellis-0", TWO, TWO);

        assertThat(tenant.subject("trellis.ask.blue")).isEqualTo("acme.trellis.ask.blue");
        assertThat(ApiSettings.DEFAULTS.subject("trellis.ask.blue")).isEqualTo("trellis.ask.blue");
    }

    @Test
    void waitsOfTheApiUnderASecondAreRefusedByName() {
        var short1 = Duration.ofMillis(999);
        assertThatThrownBy(() -> new ApiSettings(NONE, "a", short1, TWO))
                .hasMessageContaining("ask-timeout");
        assertThatThrownBy(() -> new ApiSettings(NONE, "a", TWO, short1))
                .hasMessageContaining("retry-after");
    }

    @Test
    void theStoreKeepsAHundredVersionsInOneReplica() {
        assertThat(StoreSettings.DEFAULTS.versionsKept()).isEqualTo(100);
        assertThat(StoreSettings.DEFAULTS.replicas()).isEqualTo(1);
        assertThat(StoreSettings.DEFAULTS.timeout()).isEqualTo(TWO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"leases", "history", "a b", "a.b", ""})
    void anAccountThatWouldNotNameABucketOfItsOwnIsRefused(String account) {
        assertThatThrownBy(() -> new StoreSettings(Optional.of(account), 1, 100, TWO))
                .hasMessageContaining("account");
    }

    @Test
    void whatIsOutOfBoundsOfTheStoreIsRefusedByName() {
        assertThatThrownBy(() -> new StoreSettings(NONE, 0, 100, TWO))
                .hasMessageContaining("replicas");
        assertThatThrownBy(() -> new StoreSettings(NONE, 6, 100, TWO))
                .hasMessageContaining("replicas");
        assertThatThrownBy(() -> new StoreSettings(NONE, 1, 0, TWO))
                .hasMessageContaining("versions-kept");
        assertThatThrownBy(() -> new StoreSettings(NONE, 1, 100, Duration.ofMillis(99)))
                .hasMessageContaining("timeout");
    }
}
