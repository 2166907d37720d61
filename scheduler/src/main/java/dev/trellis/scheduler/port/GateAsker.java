package dev.trellis.scheduler.port;

import dev.trellis.scheduler.rollout.GateAnswer;
import dev.trellis.scheduler.rollout.Question;
import java.util.Map;
import java.util.function.Consumer;

/** Asks the gates of rollouts: a Prometheus, a webhook. */
public interface GateAsker {
    /** Asks nobody: every answer is an error. */
    GateAsker NONE =
            (question, _, _, whenAnswered) ->
                    whenAnswered.accept(GateAnswer.error(question, "no gate can be asked here"));

    /**
     * Asks without waiting.
     *
     * @param candidate references that are rolled out, by name of the component
     * @param stable those that they replace; empty on a first deploy
     * @param whenAnswered called once, on any thread; trouble is an answer with an error
     */
    void ask(
            Question question,
            Map<String, String> candidate,
            Map<String, String> stable,
            Consumer<GateAnswer> whenAnswered);
}
