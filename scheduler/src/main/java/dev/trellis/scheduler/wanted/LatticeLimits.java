package dev.trellis.scheduler.wanted;

import dev.trellis.manifest.rollout.DenyWindow;
import dev.trellis.manifest.terms.Amount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The ceilings of a lattice, under {@code limits.<lattice>}. What is absent is not limited. They
 * only ever tighten what an app's own manifest says.
 *
 * @param maxPerHost instances of one component on one host
 * @param maxInstances instances of one component altogether; checked at deploy, so that lowering it
 *     stops nothing
 * @param maxUnproven covered hosts of one rollout that run what is not proven yet
 * @param maxUnavailable of all hosts of the lattice, over all apps: those not serving or in
 *     transition at once
 * @param windows times at which no new host is updated
 * @param hold set: observe and say, send nothing
 */
public record LatticeLimits(
        OptionalInt maxPerHost,
        OptionalInt maxInstances,
        Optional<Amount> maxUnproven,
        Optional<Amount> maxUnavailable,
        List<DenyWindow> windows,
        Optional<AppRecord.Hold> hold) {
    /** Nothing is limited and nothing held, as where there is no record. */
    public static final LatticeLimits NONE =
            new LatticeLimits(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());

    public LatticeLimits {
        windows = List.copyOf(windows);
    }

    public LatticeLimits withHold(Optional<AppRecord.Hold> other) {
        return new LatticeLimits(
                maxPerHost, maxInstances, maxUnproven, maxUnavailable, windows, other);
    }
}
