package dev.trellis.scheduler.decide;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.Set;

/**
 * What a version's rollout policy says: which of its workloads move from revision to revision by
 * stages.
 *
 * @param name of the policy in the manifest
 * @param properties its readable form
 */
public record Staged(
        String name, JsonNode properties, RolloutPolicy policy, Set<WorkloadId> covered) {
    public Staged {
        covered = Set.copyOf(covered);
    }
}
