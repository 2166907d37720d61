package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import java.util.List;

/** All rules over placements; each trait is read once. */
final class PlacementsCheck implements Check {

    private static final List<PlacedCheck> ALL =
            List.of(
                    new SpreadBoundsCheck(),
                    new ApportionCheck(),
                    new ColocationCheck(),
                    new PlacementTermsCheck());

    @Override
    public void run(Manifest manifest, Findings findings) {
        Placements.each(
                manifest,
                placed -> {
                    PlacementTraitsCheck.fits(placed, findings);
                    ALL.forEach(check -> check.run(manifest, placed, findings));
                });
    }
}
