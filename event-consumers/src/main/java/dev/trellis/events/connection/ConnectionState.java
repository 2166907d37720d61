package dev.trellis.events.connection;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether one's own connection to NATS is there, for every adapter that uses it: what is not heard
 * while it is away says nothing of the hosts.
 */
public final class ConnectionState implements AutoCloseable {
    private final Connection nats;
    private final AtomicBoolean away;
    private final ConnectionListener hook = this::changed;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Told on the connection's own thread; must not wait. */
    public interface Listener {
        void disconnected();

        void reconnected();
    }

    /** Listens to {@code nats} until closed; the connection itself stays open. */
    public ConnectionState(Connection nats) {
        this.nats = nats;
        this.away = new AtomicBoolean(!connected());
        nats.addConnectionListener(hook);
    }

    /** Whether the connection is there at this moment. */
    public boolean connected() {
        return nats.getStatus() == Connection.Status.CONNECTED;
    }

    /** Tells {@code listener} of every change from now on. */
    public void add(Listener listener) {
        listeners.add(listener);
    }

    /** Tells it nothing more. */
    public void remove(Listener listener) {
        listeners.remove(listener);
    }

    @Override
    public void close() {
        nats.removeConnectionListener(hook);
        listeners.clear();
    }

    private void changed(Connection connection, ConnectionListener.Events event) {
        switch (event) {
            // The client says it again at every attempt that fails.
            case DISCONNECTED, CLOSED -> {
                if (away.compareAndSet(false, true)) {
                    listeners.forEach(Listener::disconnected);
                }
            }
            case CONNECTED, RECONNECTED -> {
                if (away.compareAndSet(true, false)) {
                    listeners.forEach(Listener::reconnected);
                }
            }
            default -> {
                // Resubscribed, new servers, lame duck: nothing was lost.
            }
        }
    }
}
