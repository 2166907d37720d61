package dev.trellis.deploy;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.support.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a NATS connection has to say, in our words. Flow control and heartbeats are no news. */
final class NatsLog implements ErrorListener, ConnectionListener {
    private static final Logger LOG = LoggerFactory.getLogger(NatsLog.class);

    private final String name;
    private volatile boolean watching;

    NatsLog(String name) {
        this.name = name;
    }

    /** Whether losing the connection is news: after it was there, until we close it ourselves. */
    void watch(boolean watching) {
        this.watching = watching;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same; the newer one calls it
    public void connectionEvent(Connection connection, Events type) {
        switch (type) {
            case DISCONNECTED -> {
                if (watching) {
                    LOG.atWarn().addKeyValue("connection", name).log("nats connection lost");
                }
            }
            case RECONNECTED ->
                    LOG.atInfo()
                            .addKeyValue("connection", name)
                            .addKeyValue("url", connection.getConnectedUrl())
                            .log("nats connection back");
            default -> LOG.debug("nats connection event {}", type);
        }
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        if (watching) {
            LOG.atWarn()
                    .addKeyValue("connection", name)
                    .addKeyValue("reason", error)
                    .log("nats error");
        }
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception failed) {
        // A refused reconnect comes here every half second while the server is away.
        LOG.atDebug().addKeyValue("connection", name).setCause(failed).log("nats exception");
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        LOG.atWarn()
                .addKeyValue("connection", name)
                .addKeyValue("dropped", consumer.getDroppedCount())
                .log("nats consumer too slow");
    }

    @Override
    public void messageDiscarded(Connection connection, Message message) {
        LOG.atDebug()
                .addKeyValue("connection", name)
                .addKeyValue("subject", message.getSubject())
                .log("nats message discarded");
    }

    @Override
    public void heartbeatAlarm(
            Connection connection, JetStreamSubscription subscription, long stream, long consumer) {
        LOG.atDebug().addKeyValue("connection", name).log("nats consumer heartbeat missed");
    }

    @Override
    public void unhandledStatus(
            Connection connection, JetStreamSubscription subscription, Status status) {
        LOG.atDebug()
                .addKeyValue("connection", name)
                .addKeyValue("status", status)
                .log("nats status");
    }

    @Override
    public void pullStatusWarning(
            Connection connection, JetStreamSubscription subscription, Status status) {
        LOG.atDebug()
                .addKeyValue("connection", name)
                .addKeyValue("status", status)
                .log("nats status");
    }

    @Override
    public void pullStatusError(
            Connection connection, JetStreamSubscription subscription, Status status) {
        LOG.atWarn()
                .addKeyValue("connection", name)
                .addKeyValue("status", status)
                .log("nats pull failed");
    }

    @Override
    public void flowControlProcessed(
            Connection connection,
            JetStreamSubscription subscription,
            String subject,
            FlowControlSource source) {}
}
