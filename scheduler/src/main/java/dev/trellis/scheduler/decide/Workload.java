package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A component or provider that an app wants to run.
 *
 * @param name in the manifest
 * @param image as written in the manifest
 * @param config names of configs and, after them, of secret references, in declared order: a host
 *     starts it with these, and another order counts as another config there (trap 9)
 * @param daemon {@code instances} on every eligible host, else shared out over the spreads
 * @param spreads never empty; one named {@code default} where the manifest has none
 * @param targets ids that its links point to, in declared order
 */
public record Workload(
        String name,
        WorkloadId id,
        WorkloadKind kind,
        String image,
        List<String> config,
        boolean daemon,
        int instances,
        List<SpreadSpec> spreads,
        List<WorkloadId> targets) {
    private static final String BUILTIN = "wasmcloud+builtin://";

    public Workload {
        config = List.copyOf(config);
        spreads = List.copyOf(spreads);
        targets = List.copyOf(targets);
    }

    /** A share of the instances on hosts whose labels equal all the requirements. */
    public record SpreadSpec(String name, SortedMap<String, String> requirements, int weight) {
        public SpreadSpec {
            requirements = Collections.unmodifiableSortedMap(new TreeMap<>(requirements));
        }

        boolean accepts(SortedMap<String, String> labels) {
            for (var requirement : requirements.entrySet()) {
                if (!requirement.getValue().equals(labels.get(requirement.getKey()))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A provider inside the host, which calls its link targets there and nowhere else (F12). */
    public boolean isBuiltin() {
        return image.startsWith(BUILTIN);
    }

    /** Whether a host that reports {@code seen} runs this image (lattice-protocol 2.5). */
    public boolean isImage(String seen) {
        return kind == WorkloadKind.COMPONENT ? image.equals(seen) : bare(image).equals(bare(seen));
    }

    /** Whether a host that runs the one needs no stop to run the other. */
    public boolean startsLike(Workload other) {
        return kind == other.kind && isImage(other.image) && config.equals(other.config);
    }

    private static String bare(String image) {
        int scheme = image.indexOf("://");
        return scheme < 0 ? image : image.substring(scheme + 3);
    }
}
