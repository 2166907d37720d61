package dev.trellis.scheduler.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.manifest.rollout.RolloutPolicy;

/**
 * The policy as it was when the rollout started: later edits do not change a rollout under way.
 *
 * @param name in the manifest
 * @param properties its readable form, as it is stored
 * @param terms what that means, defaults filled in
 */
public record FrozenPolicy(String name, JsonNode properties, RolloutPolicy terms) {
    public static FrozenPolicy of(String name, JsonNode properties) {
        return new FrozenPolicy(name, properties, RolloutPolicy.of(properties));
    }
}
