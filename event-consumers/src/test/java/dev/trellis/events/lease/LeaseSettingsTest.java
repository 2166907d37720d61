package dev.trellis.events.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.api.StorageType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeaseSettingsTest {
    @Test
    void theDefaultsAreThese() {
        assertThat(LeaseSettings.DEFAULTS)
                .isEqualTo(
                        new LeaseSettings(
                                "trellis",
                                "",
                                1,
                                StorageType.File,
                                Duration.ofMillis(500),
                                Duration.ofMillis(1500),
                                Duration.ofMillis(250),
                                Duration.ofMillis(400)));
    }

    @Test
    void theNamesAreThese() {
        assertThat(LeaseSettings.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactly(
                        "process",
                        "account",
                        "replicas",
                        "storage",
                        "renewEvery",
                        "freeAfter",
                        "pollEvery",
                        "requestTimeout");
    }

    @Test
    void anAccountIsPartOfTheBucketsName() {
        assertThat(LeaseSettings.DEFAULTS.bucketName()).isEqualTo("trellis_leases");
        assertThat(of("p", "AXY", 1, 100).bucketName()).isEqualTo("trellis_AXY_leases");
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        assertThatThrownBy(() -> of(" ", "", 1, 100)).hasMessageContaining("process");
        assertThatThrownBy(() -> of("p", "leases", 1, 100)).hasMessageContaining("account");
        assertThatThrownBy(() -> of("p", "", 0, 100)).hasMessageContaining("replicas");
        assertThatThrownBy(() -> of("p", "", 1, 1000)).hasMessageContaining("free-after");
    }

    private static LeaseSettings of(
            String process, String account, int replicas, int requestTimeoutMillis) {
        return new LeaseSettings(
                process,
                account,
                replicas,
                StorageType.Memory,
                Duration.ofMillis(500),
                Duration.ofMillis(1500),
                Duration.ofMillis(250),
                Duration.ofMillis(requestTimeoutMillis));
    }
}
