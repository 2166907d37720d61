package dev.trellis.manifest.check;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.rollout.RolloutPolicy;
import java.util.HashSet;

/** An application has one rollout policy, about components that it runs itself. */
final class RolloutComponentsCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        second(manifest, findings);
        Rollouts.find(manifest).ifPresent(found -> components(manifest, found, findings));
    }

    private static void second(Manifest manifest, Findings findings) {
        int first = -1;
        for (int k = 0; k < manifest.policies().size(); k++) {
            if (!manifest.policies().get(k).type().equals(RolloutPolicy.TYPE)) {
                continue;
            }
            if (first < 0) {
                first = k;
            } else {
                findings.error(
                        Paths.item("spec.policies", k) + ".type",
                        Rule.CONFLICT,
                        "a second rollout policy, after "
                                + Paths.item("spec.policies", first)
                                + "; make one of the two");
            }
        }
    }

    private static void components(Manifest manifest, Rollouts.Found found, Findings findings) {
        var names = found.policy().components();
        var seen = new HashSet<String>();
        for (int k = 0; k < names.size(); k++) {
            var path = Paths.item(found.at("components"), k);
            if (names.get(k).isEmpty()) {
                continue;
            }
            if (!seen.add(names.get(k))) {
                findings.error(
                        path,
                        Rule.DUPLICATE_NAME,
                        Quote.of(names.get(k)) + " is already named; remove it here");
            }
            component(manifest, path, names.get(k), findings);
        }
        if (names.isEmpty() && manifest.covered().isEmpty()) {
            findings.warning(
                    found.path(),
                    Rule.NO_EFFECT,
                    "no component runs an image, so there is nothing to roll out");
        }
    }

    private static void component(Manifest manifest, String path, String name, Findings findings) {
        var component = ColocationCheck.named(manifest.components(), name);
        if (component.isEmpty()) {
            var names = manifest.components().stream().map(Component::name).toList();
            findings.error(
                    path,
                    Rule.UNKNOWN_COMPONENT,
                    "the policy covers "
                            + Quote.of(name)
                            + ", which is not a component of this manifest"
                            + Nearest.hint(name, names));
        } else if (component.get().source() instanceof Source.Shared(var app, _)) {
            findings.error(
                    path,
                    Rule.SHARED_COMPONENT,
                    "the policy covers "
                            + Quote.of(name)
                            + ", which the shared application "
                            + Quote.of(app)
                            + " runs and alone rolls out; remove it here");
        }
    }
}
