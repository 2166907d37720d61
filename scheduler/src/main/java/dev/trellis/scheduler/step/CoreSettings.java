package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.PlanSettings;
import dev.trellis.scheduler.observe.Liveness;
import java.time.Duration;

/**
 * How one lattice is run.
 *
 * @param startDeadline how long a start or a stop may take before it is looked at again; a stop
 *     fetches the image first, so it gets as long
 * @param unreadLimit how long a host without known inventory holds up what it may run
 */
public record CoreSettings(
        PlanSettings plan,
        Liveness.Settings liveness,
        Duration startDeadline,
        Duration unreadLimit) {
    public static final CoreSettings DEFAULTS =
            new CoreSettings(
                    PlanSettings.DEFAULTS,
                    Liveness.Settings.DEFAULTS,
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(10));

    public CoreSettings {
        if (startDeadline.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "start-deadline must be at least 1s: " + startDeadline);
        }
    }
}
