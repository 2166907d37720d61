package dev.trellis.deploy;

import dev.trellis.events.command.CommandSettings;
import dev.trellis.events.command.NatsCommandBus;
import dev.trellis.events.command.NatsHostLabels;
import dev.trellis.events.connection.ConnectionState;
import dev.trellis.events.connection.Requests;
import dev.trellis.events.consumer.EventSettings;
import dev.trellis.events.consumer.NatsEventSource;
import dev.trellis.events.consumer.NatsLattices;
import dev.trellis.events.lease.LeaseSettings;
import dev.trellis.events.lease.NatsLeases;
import dev.trellis.events.query.NatsLatticeQueries;
import dev.trellis.scheduler.port.CommandBus;
import dev.trellis.scheduler.port.EventSource;
import dev.trellis.scheduler.port.HostLabels;
import dev.trellis.scheduler.port.LatticeQueries;
import dev.trellis.scheduler.port.Lattices;
import dev.trellis.scheduler.port.Leases;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.nats.client.Connection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The lattice side: events in, commands and queries out, leases. */
@Factory
class EventsFactory {
    @Singleton
    EventSettings eventSettings(SettingsBinder settings) {
        return settings.bind("trellis.events", EventSettings.class, EventSettings.DEFAULTS);
    }

    @Singleton
    CommandSettings commandSettings(SettingsBinder settings) {
        return settings.bind("trellis.commands", CommandSettings.class, CommandSettings.DEFAULTS);
    }

    @Singleton
    LeaseSettings leaseSettings(SettingsBinder settings) {
        return settings.bind(
                "trellis.leases",
                LeaseSettings.class,
                LeaseSettings.DEFAULTS.withProcess(settings.instance()));
    }

    @Singleton
    @Bean(preDestroy = "close")
    ConnectionState eventsConnection(@Named(NatsConnections.EVENTS) Connection nats) {
        return new ConnectionState(nats);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Requests requests(Connection nats) {
        return new Requests(nats);
    }

    @Singleton
    EventSource events(
            @Named(NatsConnections.EVENTS) Connection nats,
            ConnectionState connection,
            EventSettings settings,
            MeterRegistry meters) {
        return new NatsEventSource(nats, connection, settings, meters);
    }

    @Singleton
    Lattices lattices(Connection nats, EventSettings settings) {
        return new NatsLattices(nats, settings)::seen;
    }

    @Singleton
    CommandBus commands(Requests requests, CommandSettings settings, MeterRegistry meters) {
        return new NatsCommandBus(requests, settings, meters);
    }

    @Singleton
    HostLabels labels(Requests requests, CommandSettings settings) {
        return new NatsHostLabels(requests, settings);
    }

    @Singleton
    LatticeQueries queries(Requests requests, CommandSettings settings) {
        return new NatsLatticeQueries(requests, settings);
    }

    @Singleton
    Leases leases(Connection nats, LeaseSettings settings, MeterRegistry meters) {
        return new NatsLeases(nats, settings, meters);
    }
}
