package dev.trellis.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trellis.api.history.HistorySettings;
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
        var tenant = new ApiSettings(Optional.of("acme"), "trellis-0", TWO, TWO, 1);

        assertThat(tenant.subject("trellis.ask.blue")).isEqualTo("acme.trellis.ask.blue");
        assertThat(ApiSettings.DEFAULTS.subject("trellis.ask.blue")).isEqualTo("trellis.ask.blue");
    }

    @Test
    void waitsOfTheApiUnderASecondAreRefusedByName() {
        var short1 = Duration.ofMillis(999);
        assertThatThrownBy(() -> new ApiSettings(NONE, "a", short1, TWO, 1))
                .hasMessageContaining("ask-timeout");
        assertThatThrownBy(() -> new ApiSettings(NONE, "a", TWO, short1, 1))
                .hasMessageContaining("retry-after");
    }

    @Test
    void aThousandWatchesMayBeOpenAndAtLeastOneMust() {
        assertThat(ApiSettings.DEFAULTS.maxWatches()).isEqualTo(1000);
        assertThatThrownBy(() -> new ApiSettings(NONE, "a", TWO, TWO, 0))
                .hasMessageContaining("max-watches");
    }

    @Test
    void theHistoryIsKeptForThirtyDaysAndAThousandEntriesOfAnApp() {
        assertThat(HistorySettings.DEFAULTS.maxAge()).isEqualTo(Duration.ofDays(30));
        assertThat(HistorySettings.DEFAULTS.perSubject()).isEqualTo(1000);
        assertThat(HistorySettings.DEFAULTS.queue()).isEqualTo(10_000);
    }

    @Test
    void whatIsOutOfBoundsOfTheHistoryIsRefusedByName() {
        var day = Duration.ofDays(1);
        assertThatThrownBy(() -> new HistorySettings(NONE, 0, day, 1, 1, TWO))
                .hasMessageContaining("replicas");
        assertThatThrownBy(() -> new HistorySettings(NONE, 1, TWO, 1, 1, TWO))
                .hasMessageContaining("max-age");
        assertThatThrownBy(() -> new HistorySettings(NONE, 1, day, 0, 1, TWO))
                .hasMessageContaining("per-subject");
        assertThatThrownBy(() -> new HistorySettings(NONE, 1, day, 1, 0, TWO))
                .hasMessageContaining("queue");
        assertThatThrownBy(() -> new HistorySettings(NONE, 1, day, 1, 1, Duration.ZERO))
                .hasMessageContaining("timeout");
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
