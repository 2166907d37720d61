package dev.trellis.deploy;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;

/** Readiness ends first when the process is told to stop. */
@Readiness
@Singleton
class StoppingIndicator extends AbstractHealthIndicator<Map<String, String>> {
    private final LoopStarter loops;

    StoppingIndicator(LoopStarter loops) {
        this.loops = loops;
    }

    @Override
    protected Map<String, String> getHealthInformation() {
        healthStatus = loops.stopping() ? HealthStatus.DOWN : HealthStatus.UP;
        return Map.of();
    }

    @Override
    protected String getName() {
        return "running";
    }
}
