package dev.trellis.manifest.rollout;

import java.util.List;
import java.util.Optional;

/** What has to pass before the next stage: all that is given. */
public record Gate(Optional<Approval> approval, List<Metric> metrics, Optional<Webhook> webhook) {

    /** Passes by itself. */
    public static final Gate AUTOMATIC = new Gate(Optional.empty(), List.of(), Optional.empty());

    public Gate {
        metrics = List.copyOf(metrics);
    }

    /** Whether nothing has to pass. */
    public boolean automatic() {
        return approval.isEmpty() && metrics.isEmpty() && webhook.isEmpty();
    }
}
