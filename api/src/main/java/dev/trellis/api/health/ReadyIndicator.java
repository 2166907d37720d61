package dev.trellis.api.health;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;

/** Ready when all that is stored is known. */
@Singleton
@Readiness
class ReadyIndicator extends AbstractHealthIndicator<Map<String, String>> {
    private final StartedCatalog catalog;

    ReadyIndicator(StartedCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    protected Map<String, String> getHealthInformation() {
        boolean current = catalog.current();
        healthStatus = current ? HealthStatus.UP : HealthStatus.DOWN;
        return current ? Map.of() : Map.of("reason", "the watch of the bucket has not caught up");
    }

    @Override
    protected String getName() {
        return "store";
    }
}
