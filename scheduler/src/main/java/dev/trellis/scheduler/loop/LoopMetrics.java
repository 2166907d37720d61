package dev.trellis.scheduler.loop;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner.Overview;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/**
 * What the owned lattices look like, as gauges. A row is there only while its lattice is owned here
 * and its app exists, so a process that gave a lattice up doesn't go on showing it.
 */
final class LoopMetrics {
    /** Rows by app; more apps than this are counted in the lattice's phases only. */
    private static final int MOST_APPS = 1000;

    /** One lattice as it is now. */
    record Reading(LatticeName lattice, Overview overview, List<AppStatus> apps) {}

    private final MultiGauge hosts;
    private final MultiGauge phases;
    private final MultiGauge instances;
    private final MultiGauge lag;
    private final MultiGauge settled;

    LoopMetrics(MeterRegistry meters) {
        hosts = MultiGauge.builder("trellis.hosts").description("hosts by state").register(meters);
        phases = MultiGauge.builder("trellis.apps").description("apps by phase").register(meters);
        instances =
                MultiGauge.builder("trellis.instances")
                        .description("instances wanted and running")
                        .register(meters);
        lag =
                MultiGauge.builder("trellis.event.lag")
                        .baseUnit("seconds")
                        .description("age of the event last taken when it was taken")
                        .register(meters);
        settled =
                MultiGauge.builder("trellis.lattice.settled")
                        .description("1 when a lattice is known well enough to act on")
                        .register(meters);
    }

    void show(List<Reading> readings) {
        var hostRows = new ArrayList<MultiGauge.Row<?>>();
        var phaseRows = new ArrayList<MultiGauge.Row<?>>();
        var instanceRows = new ArrayList<MultiGauge.Row<?>>();
        var lagRows = new ArrayList<MultiGauge.Row<?>>();
        var settledRows = new ArrayList<MultiGauge.Row<?>>();
        for (var reading : readings) {
            var tags = Tags.of("lattice", reading.lattice().value());
            var overview = reading.overview();
            hostRows.add(row(tags.and("state", "live"), overview.live()));
            hostRows.add(row(tags.and("state", "suspect"), overview.suspect()));
            overview.appsByPhase()
                    .forEach((phase, count) -> phaseRows.add(row(tags.and("phase", phase), count)));
            reading.apps().stream()
                    .limit(MOST_APPS)
                    .forEach(app ->
                            instances(tags.and("app", app.app().value()), app, instanceRows));
            lagRows.add(row(tags, overview.eventLag().toNanos() / 1e9));
            settledRows.add(row(tags, overview.settled() ? 1 : 0));
        }
        hosts.register(hostRows, true);
        phases.register(phaseRows, true);
        instances.register(instanceRows, true);
        lag.register(lagRows, true);
        settled.register(settledRows, true);
    }

    private static void instances(Tags tags, AppStatus app, List<MultiGauge.Row<?>> rows) {
        int wanted = 0;
        int running = 0;
        for (var component : app.components()) {
            wanted += component.wanted();
            running += component.running();
        }
        rows.add(row(tags.and("state", "wanted"), wanted));
        rows.add(row(tags.and("state", "running"), running));
    }

    private static MultiGauge.Row<?> row(Tags tags, Number value) {
        return MultiGauge.Row.of(tags, value);
    }
}
