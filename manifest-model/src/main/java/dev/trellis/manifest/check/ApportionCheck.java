package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.placement.Apportion;
import dev.trellis.manifest.placement.Shortfall;

/** The way that wadm divides instances knows weights alone. */
final class ApportionCheck implements PlacedCheck {

    @Override
    public void run(Manifest manifest, Placements.Placed placed, Findings findings) {
        if (placed.placement().apportion() == Apportion.WADM) {
            check(placed, findings);
        }
    }

    private static void check(Placements.Placed placed, Findings findings) {
        placed.placement()
                .spreads()
                .forEach((name, bounds) -> {
                    var path = Paths.field(placed.at("spreads"), name);
                    if (bounds.min() > 0) {
                        refuse(path + ".min", "min", findings);
                    }
                    if (bounds.max().isPresent()) {
                        refuse(path + ".max", "max", findings);
                    }
                });
        if (placed.placement().shortfall() == Shortfall.REDISTRIBUTE) {
            refuse(placed.at("shortfall"), "shortfall: redistribute", findings);
        }
    }

    private static void refuse(String path, String what, Findings findings) {
        findings.error(
                path,
                Rule.CONFLICT,
                what + " cannot stand beside apportion: wadm; remove one of them");
    }
}
