package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.manifest.rollout.Stage;
import java.util.Optional;

/** Finds the rollout policy of a manifest. */
final class Rollouts {

    /**
     * The policy that counts, with the path of its properties.
     *
     * @param staged whether it names stages itself
     */
    record Found(String path, RolloutPolicy policy, boolean staged) {

        /** The path of one of its settings. */
        String at(String setting) {
            return path + "." + setting;
        }

        /** The path of one of its stages. */
        String stage(int index) {
            return Paths.item(at("stages"), index);
        }

        /** How many stages the document has; 0 if it leaves them to the default. */
        int stages() {
            return staged ? policy.stages().size() : 0;
        }

        Stage stageAt(int index) {
            return policy.stages().get(index);
        }
    }

    private Rollouts() {}

    /** The first policy of the type. */
    static Optional<Found> find(Manifest manifest) {
        for (int k = 0; k < manifest.policies().size(); k++) {
            var policy = manifest.policies().get(k);
            if (policy.type().equals(RolloutPolicy.TYPE)) {
                return Optional.of(
                        new Found(
                                Paths.item("spec.policies", k) + ".properties",
                                RolloutPolicy.of(policy.properties()),
                                policy.properties().path("stages").size() > 0));
            }
        }
        return Optional.empty();
    }
}
