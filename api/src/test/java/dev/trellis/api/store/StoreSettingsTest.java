package dev.trellis.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"leases", "history", "x_leases", "*", ">", "a.b", "$JS", ""})
    void b02AnAccountWhoseBucketWouldBeAnothersIsRefused(String account) {
        assertThatThrownBy(() -> settings(account)).hasMessageContaining("account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "leases-x", "History", "A_1-b"})
    void anyOtherNamesItsBucket(String account) {
        assertThat(settings(account).bucket()).isEqualTo("trellis_" + account);
    }

    private static StoreSettings settings(String account) {
        return new StoreSettings(Optional.of(account), 1, 100, Duration.ofSeconds(2));
    }
}
