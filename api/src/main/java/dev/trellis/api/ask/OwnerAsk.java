package dev.trellis.api.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.ApiSettings;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner;
import io.nats.client.Connection;
import io.nats.client.Message;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/**
 * Asks the owner of a lattice: the loop of this process where it is the owner, else whoever answers
 * on {@code trellis.ask.<lattice>}.
 */
@Singleton
public final class OwnerAsk {
    private final OwnAnswers own;
    private final Connection nats;
    private final ApiSettings settings;

    public OwnerAsk(LatticeOwner owner, Connection nats, ApiSettings settings) {
        this.own = new OwnAnswers(owner, settings.instance());
        this.nats = nats;
        this.settings = settings;
    }

    /** Blocks for at most the ask timeout. */
    public Answer ask(LatticeName lattice, Question question) {
        return own.answer(lattice, question).orElseGet(() -> askOthers(lattice, question));
    }

    private Answer askOthers(LatticeName lattice, Question question) {
        if (nats.getStatus() != Connection.Status.CONNECTED) {
            return new Answer.Unreachable();
        }
        try {
            var subject = settings.subject(AskService.SUBJECT + lattice);
            var request = Json.bytes(question.toJson());
            return Optional.ofNullable(nats.request(subject, request, settings.askTimeout()))
                    .filter(reply -> !reply.isStatusMessage())
                    .map(OwnerAsk::decode)
                    .orElseGet(Answer.Unreachable::new);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer.Unreachable();
        } catch (IllegalStateException closed) {
            return new Answer.Unreachable();
        }
    }

    private static Answer decode(Message reply) {
        try {
            var json = Json.parse(reply.getData());
            return json.path("answer") instanceof ObjectNode answer
                    ? new Answer.Found(answer)
                    : new Answer.Unknown();
        } catch (IOException foreign) {
            return new Answer.Unreachable();
        }
    }
}
