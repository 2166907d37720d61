package dev.trellis.manifest.check;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;

/** A manifest has a bounded number of components and policies. */
final class ComponentCountCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        check("components", manifest.components().size(), Limits.COMPONENTS, findings);
        check("policies", manifest.policies().size(), Limits.POLICIES, findings);
    }

    private static void check(String what, int count, int most, Findings findings) {
        if (count > most) {
            findings.error(
                    "spec." + what,
                    Rule.TOO_LARGE,
                    count + " " + what + ", expected at most " + most);
        }
    }
}
