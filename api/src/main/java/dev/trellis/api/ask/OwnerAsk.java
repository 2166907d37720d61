package dev.trellis.api.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.ApiSettings;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner;
import io.nats.client.Connection;
import io.nats.client.Message;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks the owner of a lattice: the loop of this process where it is the owner, else whoever answers
 * on {@code trellis.ask.<lattice>}.
 */
@Singleton
public final class OwnerAsk {
    private static final Duration IMPORT = Duration.ofMinutes(1);

    private final OwnAnswers own;
    private final Connection nats;
    private final ApiSettings settings;

    public OwnerAsk(LatticeOwner owner, Connection nats, ApiSettings settings, Imports imports) {
        this.own = new OwnAnswers(owner, settings.instance(), imports);
        this.nats = nats;
        this.settings = settings;
    }

    /**
     * Which versions of an app hosts run.
     *
     * @return empty when it can't be told
     */
    public Optional<Set<Integer>> running(LatticeName lattice, AppName app) {
        if (!(ask(lattice, new Question.Running(app.value())) instanceof Answer.Found(var json))) {
            return Optional.empty();
        }
        var numbers = new TreeSet<Integer>();
        json.path("versions").forEach(n -> numbers.add(n.asInt()));
        return Optional.of(numbers);
    }

    /** Blocks for at most the ask timeout; an import for a minute. */
    public Answer ask(LatticeName lattice, Question question) {
        return own.answer(lattice, question).orElseGet(() -> askOthers(lattice, question));
    }

    /** Of the owner an import asks more than a look into memory. */
    private Duration patience(Question question) {
        return question instanceof Question.Import ? IMPORT : settings.askTimeout();
    }

    private Answer askOthers(LatticeName lattice, Question question) {
        if (nats.getStatus() != Connection.Status.CONNECTED) {
            return new Answer.Unreachable();
        }
        try {
            var subject = settings.subject(AskService.SUBJECT + lattice);
            var request = Json.bytes(question.toJson());
            return Optional.ofNullable(nats.request(subject, request, patience(question)))
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
