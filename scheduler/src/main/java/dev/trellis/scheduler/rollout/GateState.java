package dev.trellis.scheduler.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * One gate of a stage, as far as it was asked.
 *
 * @param name {@code approval}, {@code webhook}, or {@code metric:<name>}
 * @param attempt how often it was answered; the next question carries this number plus one
 * @param samples answers with data, of a metric
 * @param errors answers in a row that were none
 * @param at of the last answer
 * @param by who approved
 * @param message why, for people; may be empty
 */
public record GateState(
        String name,
        int attempt,
        int samples,
        int errors,
        Verdict verdict,
        Optional<Instant> at,
        Optional<String> by,
        String message) {
    public static final String APPROVAL = "approval";
    public static final String WEBHOOK = "webhook";
    public static final String METRIC = "metric:";

    static GateState unasked(String name) {
        return new GateState(
                name, 0, 0, 0, Verdict.INCONCLUSIVE, Optional.empty(), Optional.empty(), "");
    }
}
