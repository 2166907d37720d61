package dev.trellis.deploy;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.nats.client.Connection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Hands out the two connections; whoever doesn't say which gets the one for commands. */
@Factory
class NatsFactory {
    @Singleton
    @Primary
    @Bean(typed = Connection.class)
    @Named(NatsConnections.COMMANDS)
    Connection commands(NatsConnections connections) {
        return connections.get(NatsConnections.COMMANDS);
    }

    @Singleton
    @Bean(typed = Connection.class)
    @Named(NatsConnections.EVENTS)
    Connection events(NatsConnections connections) {
        return connections.get(NatsConnections.EVENTS);
    }
}
