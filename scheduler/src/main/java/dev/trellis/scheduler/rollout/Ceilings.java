package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.DenyWindow;
import dev.trellis.manifest.terms.Amount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the lattice's administrator allows at most; the smaller of this and the policy's holds.
 *
 * @param maxUnproven cap on the wave, of the covered hosts
 * @param maxUnavailable covered hosts that may be away at once, less those that other apps have
 *     away already; absent: no ceiling
 * @param windows deny windows beside those of the policy
 */
public record Ceilings(
        Optional<Amount> maxUnproven, OptionalInt maxUnavailable, List<DenyWindow> windows) {
    public static final Ceilings NONE =
            new Ceilings(Optional.empty(), OptionalInt.empty(), List.of());

    public Ceilings {
        windows = List.copyOf(windows);
    }
}
