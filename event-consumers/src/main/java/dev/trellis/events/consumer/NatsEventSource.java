package dev.trellis.events.consumer;

import dev.trellis.events.connection.ConnectionState;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.EventSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;

/**
 * Events from a JetStream stream, by one ordered consumer without acknowledgements for each lattice
 * that is followed. The stream is made where none captures the events.
 */
public final class NatsEventSource implements EventSource {
    private final Connection nats;
    private final ConnectionState connection;
    private final EventSettings settings;
    private final EventMetrics metrics;

    /**
     * @param nats best one of its own: a slow feed must not hold up commands
     * @param connection the state of the same {@code nats}
     */
    public NatsEventSource(
            Connection nats,
            ConnectionState connection,
            EventSettings settings,
            MeterRegistry meters) {
        this.nats = nats;
        this.connection = connection;
        this.settings = settings;
        this.metrics = new EventMetrics(meters);
    }

    @Override
    public Subscription follow(LatticeName lattice, Feed feed) {
        var follower = new Follower(nats, connection, settings, metrics, lattice, feed);
        follower.start();
        return follower;
    }
}
