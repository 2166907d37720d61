package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import java.util.HashMap;

/** Every policy of a manifest has a name of its own. */
final class PolicyNamesCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        var first = new HashMap<String, String>();
        for (int i = 0; i < manifest.policies().size(); i++) {
            var name = manifest.policies().get(i).name();
            var policy = Paths.item("spec.policies", i);
            NameShape.check(policy + ".name", name, findings);
            var before = name.isEmpty() ? null : first.putIfAbsent(name, policy);
            if (before != null) {
                findings.error(
                        policy + ".name",
                        Rule.DUPLICATE_NAME,
                        "the policy name "
                                + Quote.of(name)
                                + " is also that of "
                                + before
                                + "; give one of them another name");
            }
        }
    }
}
