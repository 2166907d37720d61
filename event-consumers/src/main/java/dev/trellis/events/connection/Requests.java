package dev.trellis.events.connection;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Requests over one inbox with one subscription, however many are open. No call waits. Answers come
 * on the inbox's or the timer's thread, so what takes them must not wait for long.
 */
public final class Requests implements AutoCloseable {
    private static final int NO_RESPONDERS = 503;

    private final Connection nats;
    private final String inbox;
    private final Dispatcher dispatcher;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicLong next = new AtomicLong();
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /** What came of a request. */
    public sealed interface Outcome {
        /** One reply, as it came. */
        final class Replied implements Outcome {
            private final byte[] bytes;

            Replied(byte[] bytes) {
                this.bytes = bytes;
            }

            /** Not copied: to be read only. */
            public byte[] bytes() {
                return bytes;
            }
        }

        /** The server said that nobody is subscribed; nothing was done. */
        record NoResponders() implements Outcome {}

        /** Sent, and no reply in time; it may have been done. */
        record TimedOut() implements Outcome {}

        /** Not sent, as the connection is away just now. */
        record NotConnected() implements Outcome {}

        /** Not sent, and never can be as it is: it is too large. */
        record Impossible(String reason) implements Outcome {}
    }

    /** Subscribes an inbox of its own on {@code nats}. */
    public Requests(Connection nats) {
        this.nats = nats;
        this.inbox = nats.createInbox() + ".";
        this.timer = new ScheduledThreadPoolExecutor(1, Requests::timerThread);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.dispatcher = nats.createDispatcher(this::received).subscribe(inbox + "*");
    }

    /** One request, one answer; {@code onOutcome} is called exactly once. */
    public void send(
            String subject, byte[] payload, Duration timeout, Consumer<Outcome> onOutcome) {
        start(subject, payload, timeout, new Pending(onOutcome, true));
    }

    /**
     * One request, any number of answers.
     *
     * @param onOutcome called for each answer until {@code window} is over, and once with why there
     *     are no more: {@link Outcome.TimedOut}, or that it was not received at all
     */
    public void gather(
            String subject, byte[] payload, Duration window, Consumer<Outcome> onOutcome) {
        start(subject, payload, window, new Pending(onOutcome, false));
    }

    /** Runs {@code then} on the timer's thread; never, if closed before. */
    public void after(Duration wait, Runnable then) {
        try {
            var _ = timer.schedule(then, wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            // Closed: nothing is due any more.
        }
    }

    /** What is open counts as timed out. */
    @Override
    public void close() {
        timer.shutdownNow();
        if (nats.getStatus() != Connection.Status.CLOSED) {
            nats.closeDispatcher(dispatcher);
        }
        pending.keySet().forEach(token -> end(token, new Outcome.TimedOut()));
    }

    private void start(String subject, byte[] payload, Duration limit, Pending request) {
        // While away, the client would keep it and send it when nobody expects it any more.
        if (nats.getStatus() != Connection.Status.CONNECTED) {
            request.onOutcome.accept(new Outcome.NotConnected());
            return;
        }
        if (payload.length > nats.getMaxPayload()) {
            request.onOutcome.accept(
                    new Outcome.Impossible(
                            "payload of " + payload.length + " bytes is over the server's limit"));
            return;
        }
        var token = Long.toString(next.incrementAndGet(), Character.MAX_RADIX);
        pending.put(token, request);
        try {
            request.expiry(
                    timer.schedule(
                            () -> end(token, new Outcome.TimedOut()),
                            limit.toNanos(),
                            TimeUnit.NANOSECONDS));
            nats.publish(subject, inbox + token, payload);
        } catch (RejectedExecutionException | IllegalStateException _) {
            end(token, new Outcome.NotConnected());
        }
    }

    private void received(Message message) {
        var token = message.getSubject().substring(inbox.length());
        if (message.isStatusMessage()) {
            if (message.getStatus().getCode() == NO_RESPONDERS) {
                end(token, new Outcome.NoResponders());
            }
            return;
        }
        var request = pending.get(token);
        if (request == null) {
            return;
        }
        var reply = new Outcome.Replied(message.getData());
        if (request.single) {
            end(token, reply);
        } else {
            request.onOutcome.accept(reply);
        }
    }

    private void end(String token, Outcome outcome) {
        var request = pending.remove(token);
        if (request != null) {
            request.cancelExpiry();
            request.onOutcome.accept(outcome);
        }
    }

    private static Thread timerThread(Runnable work) {
        return Thread.ofPlatform().daemon().name("trellis-requests").unstarted(work);
    }
}
