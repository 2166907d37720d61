package dev.trellis.scheduler.decide;

/**
 * How upgrades without a policy go.
 *
 * @param maxUnavailablePercent of an app's hosts that may be away at once, rounded down, at least 1
 */
public record PlanSettings(int maxUnavailablePercent) {
    public static final PlanSettings DEFAULTS = new PlanSettings(25);

    public PlanSettings {
        if (maxUnavailablePercent < 1 || maxUnavailablePercent > 100) {
            throw new IllegalArgumentException(
                    "max-unavailable-percent must be 1 to 100: " + maxUnavailablePercent);
        }
    }

    int budget(int hosts) {
        return Math.max(1, hosts * maxUnavailablePercent / 100);
    }
}
