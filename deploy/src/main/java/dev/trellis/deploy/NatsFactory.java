package dev.trellis.deploy;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;

/** Binds {@code trellis.nats} and makes the connections. */
@Factory
class NatsFactory {
    @Singleton
    SettingsBinder settings(Environment environment) {
        return new SettingsBinder(environment);
    }

    @Singleton
    NatsConnections connections(SettingsBinder settings) {
        return new NatsConnections(
                settings.bind("trellis.nats", NatsSettings.class, NatsSettings.DEFAULTS));
    }
}
