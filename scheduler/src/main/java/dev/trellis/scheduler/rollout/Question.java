package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.Metric;
import dev.trellis.manifest.rollout.Webhook;
import java.time.Instant;
import java.util.Optional;

/**
 * A gate to be asked. The same question comes with each decision until its answer has come; its
 * rollout, stage, gate and attempt together name it.
 *
 * @param gate as in {@link GateState#name}
 * @param stable absent on a first deploy
 * @param at when it was first due to be asked; the time its answer counts from
 */
public record Question(
        String rollout,
        int stage,
        String stageName,
        int wave,
        String gate,
        int attempt,
        Ask ask,
        Revision candidate,
        Optional<Revision> stable,
        String planHash,
        Instant at) {
    /** Who is asked. */
    public sealed interface Ask {
        record OfMetric(Metric metric) implements Ask {}

        record OfWebhook(Webhook webhook) implements Ask {}
    }
}
