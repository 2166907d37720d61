package dev.trellis.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which proofs of identity go together (A75). */
class NatsSettingsTest {
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> SOME = Optional.of("x");

    @Test
    void withoutAnySettingItIsTheLocalServer() {
        assertThat(NatsSettings.DEFAULTS.url()).isEqualTo("nats://127.0.0.1:4222");
        assertThat(NatsSettings.DEFAULTS.creds()).isEmpty();
    }

    @Test
    void aSeedAloneOrWithAJwtIsFine() {
        assertThat(settings("nats://a", NONE, SOME, NONE).seed()).isPresent();
        assertThat(settings("nats://a", NONE, SOME, SOME).jwt()).isPresent();
        assertThat(settings("nats://u:p@a", NONE, NONE, NONE).creds()).isEmpty();
        assertThat(settings("nats://a", SOME, NONE, NONE).creds()).isPresent();
    }

    @Test
    void aJwtWithoutItsSeedIsRefused() {
        assertThatThrownBy(() -> settings("nats://a", NONE, NONE, SOME))
                .hasMessageContaining("JWT")
                .hasMessageContaining("trellis.nats.seed");
    }

    @Test
    void aCredsFileWithASeedOrJwtIsRefused() {
        assertThatThrownBy(() -> settings("nats://a", SOME, SOME, NONE))
                .hasMessageContaining("creds file");
        assertThatThrownBy(() -> settings("nats://a", SOME, NONE, SOME))
                .hasMessageContaining("creds file");
    }

    @Test
    void aUserInTheUrlWithAnotherProofIsRefused() {
        assertThatThrownBy(() -> settings("nats://u:p@a", SOME, NONE, NONE))
                .hasMessageContaining("names a user");
        assertThatThrownBy(() -> settings("nats://u:p@a", NONE, SOME, NONE))
                .hasMessageContaining("names a user");
    }

    @Test
    void secretsAreNeverPrinted() {
        var settings = settings("nats://u:secret@a:4222,nats://u:secret@b:4222", NONE, NONE, NONE);

        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(settings.display()).isEqualTo("nats://a:4222,nats://b:4222");
    }

    private static NatsSettings settings(
            String url, Optional<String> creds, Optional<String> seed, Optional<String> jwt) {
        return new NatsSettings(url, creds, seed, jwt, NONE, NONE);
    }
}
