package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Source;

/** A component has one placement trait, beside the scaler that it is about. */
final class PlacementTraitsCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        for (int i = 0; i < manifest.components().size(); i++) {
            var traits = manifest.components().get(i).traits();
            int first = -1;
            for (int t = 0; t < traits.size(); t++) {
                if (!Placements.isPlacement(traits.get(t))) {
                    continue;
                }
                if (first < 0) {
                    first = t;
                } else {
                    findings.error(
                            Paths.trait(i, t),
                            Rule.CONFLICT,
                            "a second placement trait, after "
                                    + Paths.trait(i, first)
                                    + "; make one of the two");
                }
            }
        }
    }

    /** Whether there is something here to place. */
    static void fits(Placements.Placed placed, Findings findings) {
        if (placed.component().source() instanceof Source.Shared(var app, _)) {
            if (!app.isEmpty()) {
                findings.error(
                        placed.path(),
                        Rule.SHARED_COMPONENT,
                        "a component of the shared application "
                                + Quote.of(app)
                                + " takes no placement here; set it there, or use an image");
            }
        } else if (placed.scaler().isEmpty()) {
            findings.warning(
                    placed.path(),
                    Rule.NO_EFFECT,
                    "a placement without a scaler; add a spreadscaler or a daemonscaler");
        }
    }
}
