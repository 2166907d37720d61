package dev.trellis.deploy;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;

/** Readiness: connected to NATS, started, and not stopping. */
@Readiness
@Singleton
class ServingIndicator extends AbstractHealthIndicator<Map<String, String>> {
    private final Lifecycle lifecycle;

    ServingIndicator(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    protected Map<String, String> getHealthInformation() {
        boolean serving = lifecycle.serving();
        healthStatus = serving ? HealthStatus.UP : HealthStatus.DOWN;
        return serving ? Map.of() : Map.of("reason", lifecycle.reason());
    }

    @Override
    protected String getName() {
        return "nats";
    }
}
