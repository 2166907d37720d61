package dev.trellis.scheduler.loop;

import dev.trellis.scheduler.step.CoreSettings;
import java.time.Duration;

/**
 * How loops are run.
 *
 * @param mailbox events that may wait for a loop; more stay in the stream
 * @param discovery how often new lattices are looked for
 */
public record LoopSettings(CoreSettings core, int mailbox, Duration discovery) {
    public static final LoopSettings DEFAULTS =
            new LoopSettings(CoreSettings.DEFAULTS, 8192, Duration.ofSeconds(5));

    public LoopSettings {
        if (mailbox < 1) {
            throw new IllegalArgumentException("mailbox must be at least 1: " + mailbox);
        }
        if (discovery.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("discovery must be at least 100ms: " + discovery);
        }
    }
}
