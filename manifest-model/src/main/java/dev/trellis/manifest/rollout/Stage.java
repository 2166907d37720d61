package dev.trellis.manifest.rollout;

import dev.trellis.manifest.terms.Amount;
import dev.trellis.manifest.terms.Selector;
import java.time.Duration;
import java.util.Optional;

/**
 * One step of a rollout.
 *
 * @param name unique in the policy
 * @param selector the hosts that it is about
 * @param upTo of the selector's hosts, rounded up, cumulative: so many are on the candidate after
 *     this stage; at least 1 if any host matches
 * @param maxParallel hosts in transition at once, of the stage's hosts, rounded up, at least 1
 * @param bakeTime observed time for each wave; may be zero
 * @param maxFailures hosts that may be bad and be excused, of the stage's hosts, rounded up
 * @param minHosts fewer that match are {@code onShort}
 * @param maxUnproven the stage's own cap on the wave, of the covered hosts; empty leaves the
 *     policy's. See {@link RolloutPolicy#unprovenLimit}
 * @param maxUnavailable the stage's own disruption budget, of the covered hosts; empty leaves the
 *     policy's. See {@link RolloutPolicy#unavailableLimit}
 */
public record Stage(
        String name,
        Selector selector,
        Amount upTo,
        Amount maxParallel,
        Duration bakeTime,
        Gate gate,
        Amount maxFailures,
        int minHosts,
        OnShort onShort,
        Optional<Amount> maxUnproven,
        Optional<Amount> maxUnavailable) {

    /** Hosts that may change at once in the first stage when nothing else is said. */
    public static final Amount FIRST_MAX_PARALLEL = new Amount.Count(1);

    /** Hosts that may change at once in a later stage when nothing else is said. */
    public static final Amount MAX_PARALLEL = new Amount.Percent(25);

    /** Observed time for each wave when nothing else is said. */
    public static final Duration DEFAULT_BAKE_TIME = Duration.ofMinutes(5);

    /** Name of the stage that stands for a policy without stages. */
    public static final String ALL_NAME = "all";

    /** Name of the stage that takes hosts in no other; no stage of a manifest is called so. */
    public static final String REMAINDER_NAME = "remainder";

    /** The one stage of a policy that names none. */
    static Stage all() {
        return named(ALL_NAME, 1, OnShort.FAIL);
    }

    /** The stage with defaults that takes hosts in no other. */
    static Stage remainder() {
        return named(REMAINDER_NAME, 0, OnShort.SKIP);
    }

    private static Stage named(String name, int minHosts, OnShort onShort) {
        return new Stage(
                name,
                Selector.EVERY,
                Amount.all(),
                MAX_PARALLEL,
                DEFAULT_BAKE_TIME,
                Gate.AUTOMATIC,
                Amount.none(),
                minHosts,
                onShort,
                Optional.empty(),
                Optional.empty());
    }
}
