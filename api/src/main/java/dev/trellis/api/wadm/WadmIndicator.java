package dev.trellis.api.wadm;

import io.micronaut.context.BeanProvider;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;

/** Ready when wadm's API is served, or is not to be served because this process is passive. */
@Singleton
@Readiness
final class WadmIndicator extends AbstractHealthIndicator<Map<String, Object>> {
    private final BeanProvider<WadmApi> api;
    private final BeanProvider<WadmPresence> presence;

    WadmIndicator(BeanProvider<WadmApi> api, BeanProvider<WadmPresence> presence) {
        this.api = api;
        this.presence = presence;
    }

    @Override
    protected Map<String, Object> getHealthInformation() {
        boolean passive = presence.get().isPassive();
        var why = api.get().why();
        healthStatus = passive || why.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN;
        return why.isEmpty()
                ? Map.of("passive", passive)
                : Map.of("passive", passive, "reason", why);
    }

    @Override
    protected String getName() {
        return "wadm";
    }
}
