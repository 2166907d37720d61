package dev.trellis.deploy;

import dev.trellis.scheduler.loop.LatticeManager;
import dev.trellis.scheduler.loop.LoopSettings;
import dev.trellis.scheduler.port.CommandBus;
import dev.trellis.scheduler.port.EventSource;
import dev.trellis.scheduler.port.GateAsker;
import dev.trellis.scheduler.port.History;
import dev.trellis.scheduler.port.LatticeQueries;
import dev.trellis.scheduler.port.Lattices;
import dev.trellis.scheduler.port.Leases;
import dev.trellis.scheduler.port.Passive;
import dev.trellis.scheduler.port.StatusSink;
import dev.trellis.scheduler.port.WantedStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The loops, one a lattice, joined with the adapters of their ports. */
@Factory
class SchedulerFactory {
    @Singleton
    LoopSettings loopSettings(SettingsBinder settings) {
        return settings.bind("trellis.loop", LoopSettings.class, LoopSettings.DEFAULTS);
    }

    @Singleton
    @Bean(preDestroy = "close")
    LatticeManager manager(
            LoopSettings settings,
            EventSource events,
            CommandBus commands,
            LatticeQueries queries,
            Lattices lattices,
            Leases leases,
            WantedStore store,
            StatusSink statuses,
            History history,
            Passive passive,
            GateAsker gates,
            MeterRegistry meters) {
        return new LatticeManager(
                settings, events, commands, queries, lattices, leases, store, statuses, history,
                passive, gates, meters);
    }
}
