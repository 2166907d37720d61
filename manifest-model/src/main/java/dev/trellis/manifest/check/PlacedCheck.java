package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;

/** One rule over the placement of one component. */
@FunctionalInterface
interface PlacedCheck {

    /** Reports everything that breaks the rule. */
    void run(Manifest manifest, Placements.Placed placed, Findings findings);
}
