package dev.trellis.deploy;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;

/** Not ready while NATS is away: nothing could be stored, asked or seen. */
@Readiness
@Singleton
class NatsIndicator extends AbstractHealthIndicator<Map<String, String>> {
    private final NatsConnections nats;

    NatsIndicator(NatsConnections nats) {
        this.nats = nats;
    }

    @Override
    protected Map<String, String> getHealthInformation() {
        boolean connected = nats.connected();
        healthStatus = connected ? HealthStatus.UP : HealthStatus.DOWN;
        return connected ? Map.of() : Map.of("reason", "not connected to " + nats.display());
    }

    @Override
    protected String getName() {
        return "nats";
    }
}
