package dev.trellis.api.ask;

import dev.trellis.api.ApiSettings;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on {@code trellis.ask.<lattice>} for the lattices that this process owns, and is silent
 * for all others: their owner answers.
 */
@Singleton
public final class AskService implements AutoCloseable {
    static final String SUBJECT = "trellis.ask.";
    private static final Logger log = LoggerFactory.getLogger(AskService.class);

    private final OwnAnswers own;
    private final Connection nats;
    private final Dispatcher dispatcher;

    public AskService(LatticeOwner owner, Connection nats, ApiSettings settings, Imports imports) {
        this.own = new OwnAnswers(owner, settings.instance(), imports);
        this.nats = nats;
        // an answer may wait for the loop, so none holds up the next
        this.dispatcher =
                nats.createDispatcher(
                        message -> Thread.ofVirtual().name("ask").start(() -> answer(message)));
        dispatcher.subscribe(settings.subject(SUBJECT + "*"));
    }

    private void answer(Message message) {
        var replyTo = message.getReplyTo();
        if (replyTo == null) {
            return;
        }
        try {
            var subject = message.getSubject();
            var lattice = new LatticeName(subject.substring(subject.lastIndexOf('.') + 1));
            Question.of(Json.parse(message.getData()))
                    .flatMap(question -> own.answer(lattice, question))
                    .flatMap(AskService::encode)
                    .ifPresent(reply -> nats.publish(replyTo, reply));
        } catch (IOException | RuntimeException failed) {
            log.atWarn()
                    .addKeyValue("subject", message.getSubject())
                    .setCause(failed)
                    .log("question not answered");
        }
    }

    private static Optional<byte[]> encode(Answer answer) {
        var json = Json.object();
        return switch (answer) {
            case Answer.Found(var found) -> {
                json.set("answer", found);
                yield Optional.of(Json.bytes(json));
            }
            case Answer.Unknown() -> Optional.of(Json.bytes(json));
            case Answer.Unreachable() -> Optional.empty();
        };
    }

    @Override
    @PreDestroy
    public void close() {
        if (nats.getStatus() != Connection.Status.CLOSED) {
            nats.closeDispatcher(dispatcher);
        }
    }
}
