package dev.trellis.events.command;

import dev.trellis.events.connection.Requests;
import dev.trellis.events.wire.ReplyDecoder;
import dev.trellis.scheduler.port.CommandBus.Answer;

/** What came of a request, as an answer to a command. */
final class Answers {
    private Answers() {}

    static Answer of(Requests.Outcome outcome) {
        return switch (outcome) {
            case Requests.Outcome.Replied reply -> of(reply.bytes());
            case Requests.Outcome.NoResponders() -> new Answer.NoResponders();
            case Requests.Outcome.TimedOut(), Requests.Outcome.NotConnected() ->
                    new Answer.Unanswered();
            case Requests.Outcome.Impossible(String reason) -> new Answer.Refused(reason);
        };
    }

    /** A reply that can't be read does not say that nothing was done. */
    private static Answer of(byte[] reply) {
        return ReplyDecoder.acknowledgement(reply)
                .<Answer>map(said ->
                        said.success()
                                ? new Answer.Accepted(said.message())
                                : new Answer.Refused(said.message()))
                .orElseGet(Answer.Unanswered::new);
    }
}
