package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Trait;
import dev.trellis.manifest.placement.Placement;
import dev.trellis.manifest.placement.Shortfall;
import dev.trellis.manifest.placement.SpreadBounds;

/** Bounds name spreads that there are, and leave room for the instances that are wanted. */
final class SpreadBoundsCheck implements PlacedCheck {

    @Override
    public void run(Manifest manifest, Placements.Placed placed, Findings findings) {
        names(placed, findings);
        bounds(placed, findings);
        if (placed.scaler().orElse(null) instanceof Trait.SpreadScaler(var instances, _)) {
            sums(placed, instances, findings);
        } else if (placed.scaler().isPresent()) {
            daemon(placed, findings);
        }
    }

    private static void names(Placements.Placed placed, Findings findings) {
        var spreads = placed.spreads();
        for (var name : placed.placement().spreads().keySet()) {
            if (!spreads.isEmpty() && !spreads.contains(name)) {
                findings.error(
                        Paths.field(placed.at("spreads"), name),
                        Rule.UNKNOWN_SPREAD,
                        "the scaler has no spread "
                                + Quote.of(name)
                                + ", expected one of "
                                + Quote.of(String.join(", ", spreads))
                                + Nearest.hint(name, spreads));
            }
        }
    }

    private static void bounds(Placements.Placed placed, Findings findings) {
        placed.placement()
                .spreads()
                .forEach((name, bounds) -> {
                    if (bounds.max().isPresent() && bounds.min() > bounds.max().getAsInt()) {
                        findings.error(
                                Paths.field(placed.at("spreads"), name) + ".min",
                                Rule.IMPOSSIBLE,
                                "min is "
                                        + bounds.min()
                                        + " and max "
                                        + bounds.max().getAsInt()
                                        + ", expected min to be at most max");
                    }
                });
    }

    private static void sums(Placements.Placed placed, int instances, Findings findings) {
        var placement = placed.placement();
        long least = placement.spreads().values().stream().mapToLong(SpreadBounds::min).sum();
        if (least > instances) {
            findings.error(
                    placed.at("spreads"),
                    Rule.IMPOSSIBLE,
                    "the min of all spreads sum to "
                            + least
                            + ", more than the "
                            + instances
                            + " instances of the scaler; lower one, or ask for more instances");
        }
        if (placement.shortfall() == Shortfall.HOLD) {
            long most = most(placed, placement);
            if (most < instances) {
                findings.warning(
                        placed.at("spreads"),
                        Rule.IMPOSSIBLE,
                        "the max of all spreads sum to "
                                + most
                                + ", so "
                                + (instances - most)
                                + " of the "
                                + instances
                                + " instances of the scaler are never placed");
            }
        }
    }

    private static long most(Placements.Placed placed, Placement placement) {
        return placed.spreads().stream()
                .mapToLong(name -> placement.bounds(name).max().orElse(Integer.MAX_VALUE))
                .sum();
    }

    private static void daemon(Placements.Placed placed, Findings findings) {
        placed.placement()
                .spreads()
                .forEach((name, bounds) -> {
                    var path = Paths.field(placed.at("spreads"), name);
                    if (bounds.min() > 0) {
                        noEffect(path + ".min", findings);
                    }
                    if (bounds.max().isPresent()) {
                        noEffect(path + ".max", findings);
                    }
                });
    }

    private static void noEffect(String path, Findings findings) {
        findings.warning(
                path,
                Rule.NO_EFFECT,
                "a daemonscaler divides no instances among spreads; use maxPerHost, or a"
                        + " spreadscaler");
    }
}
