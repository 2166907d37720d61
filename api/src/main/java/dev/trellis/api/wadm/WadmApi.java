package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.Lifeline;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.view.Json;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves wadm's API over NATS, once this process may act, knows what is stored and has the streams.
 * Requests are answered at once across apps, in order for each, once each; what can't wait any more
 * is refused at once. A subscription that dies is made anew; where that does not help, the process
 * ends.
 */
@Singleton
public final class WadmApi implements AutoCloseable {
    /** Every reply has it, so that one can tell Trellis from wadm. */
    static final String HEADER = "Trellis";

    private static final Logger log = LoggerFactory.getLogger(WadmApi.class);
    private static final String QUEUE = "wadm_server";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final Duration DRAIN = Duration.ofSeconds(2);
    // headers of a message count towards what NATS takes
    private static final int ENVELOPE = 1024;

    private final Connection nats;
    private final WadmSettings settings;
    private final WadmPresence presence;
    private final AppCatalog catalog;
    private final ManifestEvents events;
    private final ModelApi api;
    private final Lifeline lifeline;
    private final Semaphore room;
    private final Lanes gates;
    private final Lanes lanes;
    private final String subject;
    private final String version;
    private final Thread supervisor;
    private volatile @Nullable Dispatcher serving;
    private volatile String why = "starting";
    private volatile boolean closed;

    WadmApi(
            Connection nats,
            WadmSettings settings,
            WadmPresence presence,
            AppCatalog catalog,
            ManifestEvents events,
            ModelApi api,
            Lifeline lifeline) {
        this.nats = nats;
        this.settings = settings;
        this.presence = presence;
        this.catalog = catalog;
        this.events = events;
        this.api = api;
        this.lifeline = lifeline;
        this.room = new Semaphore(settings.waiting());
        this.gates = new Lanes("wadm-api-read", settings.inFlight());
        this.lanes = new Lanes("wadm-api", settings.inFlight());
        this.subject = settings.subject(settings.prefix() + ".>");
        this.version = version();
        this.supervisor = Thread.ofVirtual().name("wadm-api-supervisor").start(this::supervise);
    }

    /** Whether requests are answered here. */
    boolean serves() {
        return serving != null && why.isEmpty();
    }

    /** Why they are not; empty when they are. */
    String why() {
        return why;
    }

    /** The subscription as it is now, for tests to end; empty when there is none. */
    Optional<Dispatcher> subscription() {
        return Optional.ofNullable(serving);
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
        supervisor.interrupt();
        var dispatcher = serving;
        if (dispatcher != null && nats.getStatus() == Connection.Status.CONNECTED) {
            try {
                // what came in is answered; what comes now goes to another process
                var _ = dispatcher.drain(DRAIN).get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
                awaitIdle();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (IllegalStateException | ExecutionException | TimeoutException ended) {
                log.atDebug().setCause(ended).log("subscription not ended in good order");
            }
        }
    }

    private void awaitIdle() throws InterruptedException {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (!(gates.isIdle() && lanes.isIdle()) && System.nanoTime() < end) {
            Thread.sleep(Duration.ofMillis(5));
        }
    }

    private void supervise() {
        long deadSince = -1;
        try {
            while (!closed) {
                if (nats.getStatus() == Connection.Status.CLOSED) {
                    lifeline.cut("the connection to NATS was closed for good");
                    return;
                }
                why = look();
                if (why.isEmpty() || !presence.isActive() || !connected()) {
                    deadSince = -1;
                } else if (deadSince < 0) {
                    deadSince = System.nanoTime();
                } else if (System.nanoTime() - deadSince > settings.giveUpAfter().toNanos()
                        && catalog.current()) {
                    lifeline.cut("wadm's API can't be served: " + why);
                    return;
                }
                // quick until it serves, so that a start does not wait for the next look
                Thread.sleep(why.isEmpty() ? settings.lookEvery() : Duration.ofMillis(20));
            }
        } catch (InterruptedException closing) {
            log.atDebug().setCause(closing).log("supervision ends");
        }
    }

    private boolean connected() {
        return nats.getStatus() == Connection.Status.CONNECTED;
    }

    /** Makes it serve where it does not and can; says why it does not. */
    private String look() throws InterruptedException {
        if (presence.isAsking()) {
            return "finding out whether a wadm answers here";
        }
        if (presence.isPassive()) {
            return "passive: a wadm answers here";
        }
        if (!connected()) {
            return "not connected to NATS";
        }
        var dispatcher = serving;
        if (dispatcher != null && dispatcher.isActive()) {
            return "";
        }
        if (dispatcher != null) {
            log.atError().addKeyValue("subject", subject).log("subscription died, making it anew");
            serving = null;
        }
        if (!catalog.current()) {
            return "the watch of the bucket has not caught up";
        }
        return subscribe();
    }

    private String subscribe() throws InterruptedException {
        try {
            events.ensureStream();
            nats.clearLastError();
            var dispatcher = nats.createDispatcher(this::take);
            dispatcher.subscribe(subject, QUEUE);
            nats.flush(settings.askTimeout());
            var refused = refusal();
            if (refused.isPresent()) {
                nats.closeDispatcher(dispatcher);
                Thread.sleep(settings.lookEvery());
                return refused.get();
            }
            serving = dispatcher;
            log.atInfo().addKeyValue("subject", subject).log("serving wadm's API");
            return "";
        } catch (IOException
                | JetStreamApiException
                | TimeoutException
                | IllegalStateException failed) {
            log.atWarn()
                    .addKeyValue("subject", subject)
                    .addKeyValue("reason", String.valueOf(failed.getMessage()))
                    .log("not serving wadm's API yet");
            Thread.sleep(settings.lookEvery());
            return String.valueOf(failed.getMessage());
        }
    }

    /** A subscription that is not permitted is refused by an error of the connection only. */
    private Optional<String> refusal() {
        return Optional.ofNullable(nats.getLastError())
                .filter(error -> error.toLowerCase(Locale.ROOT).contains("permissions"))
                .filter(error -> error.contains(subject));
    }

    private void take(Message message) {
        if (!room.tryAcquire()) {
            reply(
                    message,
                    ModelReplies.error(
                            "more than %d requests wait; try again".formatted(settings.waiting())));
            return;
        }
        // A put names its app in its body. So that a deploy that follows it stays behind it, all
        // of a lattice is read in order, and only then answered side by side.
        gates.run(api.gate(message.getSubject()), () -> read(message));
    }

    private void read(Message message) {
        var contentType =
                Optional.ofNullable(message.getHeaders())
                        .flatMap(
                                headers -> Optional.ofNullable(headers.getIgnoreCase(CONTENT_TYPE)))
                        .filter(values -> !values.isEmpty())
                        .map(values -> values.getFirst());
        try {
            var prepared = api.prepare(message.getSubject(), contentType, message.getData());
            lanes.run(prepared.lane(), () -> answer(message, prepared));
        } catch (RuntimeException | StackOverflowError wrong) {
            // our own code is wrong: the client gets an answer all the same
            log.atError()
                    .addKeyValue("subject", message.getSubject())
                    .setCause(wrong)
                    .log("request not read");
            room.release();
            reply(message, ModelReplies.error("internal error; the log of Trellis says more"));
        }
    }

    private void answer(Message message, ModelApi.Prepared prepared) {
        try {
            reply(message, prepared.answer().get());
        } finally {
            room.release();
        }
    }

    /** Once for each message; nothing where no answer is wanted. */
    private void reply(Message message, JsonNode json) {
        var to = message.getReplyTo();
        if (to == null) {
            return;
        }
        try {
            nats.publish(
                    NatsMessage.builder()
                            .subject(to)
                            .headers(new Headers().add(HEADER, version))
                            .data(fitting(json))
                            .build());
        } catch (IllegalStateException | IllegalArgumentException failed) {
            log.atWarn()
                    .addKeyValue("subject", message.getSubject())
                    .addKeyValue("reason", String.valueOf(failed.getMessage()))
                    .log("reply not sent");
        }
    }

    /** A list that NATS would not take goes without its details, and then without its end. */
    private byte[] fitting(JsonNode json) {
        var bytes = Json.bytes(json);
        if (fits(bytes)) {
            return bytes;
        }
        var models = json instanceof ArrayNode ? json : json.path("models");
        if (!(models instanceof ArrayNode list)) {
            return Json.bytes(
                    ModelReplies.error(
                            "the reply has %d bytes, more than NATS takes"
                                    .formatted(bytes.length)));
        }
        int all = list.size();
        list.forEach(WadmApi::shorten);
        bytes = Json.bytes(json);
        while (!fits(bytes) && !list.isEmpty()) {
            int keep = (int) (list.size() * 0.9 * nats.getMaxPayload() / bytes.length);
            while (list.size() > keep) {
                var _ = list.remove(list.size() - 1);
            }
            bytes = Json.bytes(json);
        }
        if (list.size() < all) {
            log.atError()
                    .addKeyValue("apps", all)
                    .addKeyValue("listed", list.size())
                    .log("more apps than fit into one message of NATS; raise its max_payload");
        }
        return bytes;
    }

    private static void shorten(JsonNode summary) {
        if (summary.path("detailed_status") instanceof ObjectNode detailed) {
            detailed.remove("scalers");
        }
    }

    private boolean fits(byte[] bytes) {
        long most = nats.getMaxPayload();
        return most <= 0 || bytes.length + ENVELOPE <= most;
    }

    private static String version() {
        return Optional.ofNullable(WadmApi.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
