package dev.trellis.deploy;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Provider;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of things. Up: HTTP first (so that health can be asked), then NATS for as long as it
 * takes, then what works on it. Down: not ready, then consumers and loops, leases, connections.
 */
@Context
class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final NatsConnections nats;
    private final Provider<Parts> parts;
    private final Thread starter = Thread.ofVirtual().name("starter").unstarted(this::connect);
    private volatile State state = State.STARTING;

    private enum State {
        STARTING,
        STARTED,
        STOPPING
    }

    Lifecycle(NatsConnections nats, Provider<Parts> parts) {
        this.nats = nats;
        this.parts = parts;
    }

    /** Started, connected, and not about to stop. */
    boolean serving() {
        return state == State.STARTED && nats.connected();
    }

    /** Why it doesn't serve, for people. */
    String reason() {
        return switch (state) {
            case STARTING -> "starting: waiting for NATS at " + nats.display();
            case STARTED -> "NATS is away: " + nats.display();
            case STOPPING -> "stopping";
        };
    }

    @EventListener
    void onListening(ServerStartupEvent event) {
        // Read by scripts and by local runs: the port may have been chosen by the system.
        LOG.atInfo().addKeyValue("address", event.getSource().getURL()).log("listening");
        starter.start();
    }

    @EventListener
    void onShutdown(ShutdownEvent event) {
        boolean started = state == State.STARTED;
        state = State.STOPPING;
        starter.interrupt();
        if (started) {
            within(STOP_LIMIT, parts.get()::stop);
        }
        within(STOP_LIMIT, nats::close);
        LOG.info("stopped");
    }

    private void connect() {
        try {
            nats.awaitOpen();
            parts.get().start();
            if (state == State.STARTING) {
                state = State.STARTED;
                LOG.info("started");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            LOG.atError().setCause(broken).log("cannot start");
        }
    }

    /** A stop that hangs on a dead server must not keep the process. */
    private static void within(Duration limit, Runnable step) {
        var thread = Thread.ofVirtual().start(step);
        try {
            if (!thread.join(limit)) {
                LOG.atWarn().addKeyValue("limit", limit).log("stop takes too long, going on");
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
