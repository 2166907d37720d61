package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;

/** One rule over a manifest. */
@FunctionalInterface
interface Check {

    /** Reports everything that breaks the rule. */
    void run(Manifest manifest, Findings findings);
}
