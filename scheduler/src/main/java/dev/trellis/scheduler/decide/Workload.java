package dev.trellis.scheduler.decide;

import dev.trellis.manifest.placement.Placement;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
 * @param rules the placement trait; {@link Placement#ABSENT} without one
 * @param exclusive what only one workload on a host can have, declared or inferred, as {@code
 *     tcp/8080}
 * @param beside ids of which one has to be placed on a host before it may run there: what {@code
 *     colocateWith} names or, for a provider inside the host, its link targets. Empty: no condition
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
        List<WorkloadId> targets,
        Placement rules,
        List<String> exclusive,
        List<WorkloadId> beside) {
    private static final String BUILTIN = "wasmcloud+builtin://";

    public Workload {
        config = List.copyOf(config);
        spreads = List.copyOf(spreads);
        targets = List.copyOf(targets);
        exclusive = List.copyOf(exclusive);
        beside = List.copyOf(beside);
    }

    /** A share of the instances on hosts whose labels equal all the requirements. */
    public record SpreadSpec(String name, SortedMap<String, String> requirements, int weight) {
        public SpreadSpec {
            requirements = Collections.unmodifiableSortedMap(new TreeMap<>(requirements));
        }

        /** The first requirement that these labels don't meet, as {@code region=eu}. */
        Optional<String> unmet(SortedMap<String, String> labels) {
            for (var requirement : requirements.entrySet()) {
                if (!requirement.getValue().equals(labels.get(requirement.getKey()))) {
                    return Optional.of(requirement.getKey() + "=" + requirement.getValue());
                }
            }
            return Optional.empty();
        }
    }

    /** Whether a host with these labels meets what some spread asks of labels. */
    boolean accepts(SortedMap<String, String> labels) {
        return spreads.stream()
                .anyMatch(s -> s.unmet(labels).isEmpty() && rules.bounds(s.name()).matches(labels));
    }

    /** A provider inside the host, which calls its link targets there and nowhere else (F12). */
    public boolean isBuiltin() {
        return isBuiltin(image);
    }

    static boolean isBuiltin(String image) {
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
