package dev.trellis.events.command;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.port.CommandBus.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts commands by kind and outcome, and times replies. */
final class CommandMetrics {
    private final MeterRegistry meters;
    private final Timer replies;

    CommandMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.replies = meters.timer("trellis.command.reply");
    }

    void answered(Command command, Answer answer, Duration took) {
        meters.counter("trellis.commands", "kind", kind(command), "outcome", outcome(answer))
                .increment();
        switch (answer) {
            case Answer.Accepted _, Answer.Refused _ -> replies.record(took);
            case Answer.NoResponders _, Answer.Unanswered _ -> {
                // No host replied, so there is no time of a reply.
            }
        }
    }

    private static String kind(Command command) {
        return switch (command) {
            case Command.Scale _ -> "scale";
            case Command.StartProvider _ -> "start_provider";
            case Command.StopProvider _ -> "stop_provider";
            case Command.PutConfig _ -> "put_config";
            case Command.DeleteConfig _ -> "delete_config";
            case Command.PutLink _ -> "put_link";
            case Command.DeleteLink _ -> "delete_link";
        };
    }

    private static String outcome(Answer answer) {
        return switch (answer) {
            case Answer.Accepted _ -> "accepted";
            case Answer.Refused _ -> "refused";
            case Answer.NoResponders _ -> "no_responders";
            case Answer.Unanswered _ -> "unanswered";
        };
    }
}
