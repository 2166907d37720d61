package dev.trellis.api.health;

import dev.trellis.scheduler.port.LatticeOwner;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import java.util.Map;

/** Alive while every loop comes round; NATS being away stops none of them. */
@Singleton
@Liveness
class LoopsIndicator extends AbstractHealthIndicator<Map<String, String>> {
    private final LatticeOwner owner;

    LoopsIndicator(LatticeOwner owner) {
        this.owner = owner;
    }

    @Override
    protected Map<String, String> getHealthInformation() {
        var stuck = owner.stuck();
        healthStatus = stuck.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN;
        return stuck.isEmpty() ? Map.of() : Map.of("stuck", stuck.toString());
    }

    @Override
    protected String getName() {
        return "loops";
    }
}
