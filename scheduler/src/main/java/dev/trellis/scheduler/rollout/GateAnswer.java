package dev.trellis.scheduler.rollout;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of one question to a gate; bound to rollout, stage and attempt, so that an answer to
 * another question counts for nothing.
 *
 * @param value of a metric; absent: no data
 * @param baseline the same query's answer for stable
 * @param said a webhook's own verdict
 * @param error why there is no answer
 */
public record GateAnswer(
        String rollout,
        int stage,
        String gate,
        int attempt,
        Instant at,
        OptionalDouble value,
        OptionalDouble baseline,
        Optional<Verdict> said,
        Optional<String> error,
        String message) {
    /** That there is none; {@code why} for people. */
    public static GateAnswer error(Question question, String why) {
        return new GateAnswer(
                question.rollout(),
                question.stage(),
                question.gate(),
                question.attempt(),
                question.at(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.of(why),
                "");
    }

    /** What a metric measured. */
    public static GateAnswer measured(
            Question question, OptionalDouble value, OptionalDouble baseline, String message) {
        return new GateAnswer(
                question.rollout(),
                question.stage(),
                question.gate(),
                question.attempt(),
                question.at(),
                value,
                baseline,
                Optional.empty(),
                Optional.empty(),
                message);
    }

    /** What a webhook said. */
    public static GateAnswer said(Question question, Verdict verdict, String message) {
        return new GateAnswer(
                question.rollout(),
                question.stage(),
                question.gate(),
                question.attempt(),
                question.at(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.of(verdict),
                Optional.empty(),
                message);
    }
}
