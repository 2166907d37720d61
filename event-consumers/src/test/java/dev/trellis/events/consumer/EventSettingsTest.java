package dev.trellis.events.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.api.StorageType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EventSettingsTest {
    @Test
    void theDefaultsAreThese() {
        assertThat(EventSettings.DEFAULTS)
                .isEqualTo(
                        new EventSettings(
                                "wasmbus_events",
                                "",
                                1,
                                StorageType.File,
                                Duration.ofSeconds(70),
                                1000,
                                Duration.ofSeconds(5),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(5)));
    }

    @Test
    void theNamesAreThese() {
        assertThat(EventSettings.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactly(
                        "stream",
                        "account",
                        "replicas",
                        "storage",
                        "replay",
                        "batch",
                        "idleCheck",
                        "retryMin",
                        "retryMax");
    }

    @Test
    void anAccountIsPartOfTheStreamsName() {
        assertThat(of("events", "AXY", 1, Duration.ofSeconds(70), 1).streamName())
                .isEqualTo("events_AXY");
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        var replay = Duration.ofSeconds(70);
        assertThatThrownBy(() -> of("a.b", "", 1, replay, 1)).hasMessageContaining("stream");
        assertThatThrownBy(() -> of("a", ".", 1, replay, 1)).hasMessageContaining("account");
        assertThatThrownBy(() -> of("a", "", 6, replay, 1)).hasMessageContaining("replicas");
        assertThatThrownBy(() -> of("a", "", 1, Duration.ZERO, 1)).hasMessageContaining("replay");
        assertThatThrownBy(() -> of("a", "", 1, replay, 0)).hasMessageContaining("batch");
    }

    private static EventSettings of(
            String stream, String account, int replicas, Duration replay, int batch) {
        return new EventSettings(
                stream,
                account,
                replicas,
                StorageType.Memory,
                replay,
                batch,
                Duration.ofSeconds(1),
                Duration.ofMillis(100),
                Duration.ofSeconds(1));
    }
}
