package dev.trellis.scheduler.observe;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One entry of a host's inventory: a component or a provider that runs there. A host keeps one
 * entry per id, whatever the annotations (lattice-protocol 3.2).
 *
 * @param image the reference as the host reports it; a provider's comes without its scheme
 *     (lattice-protocol 2.5)
 * @param annotations what the entry was started with; empty after a person's scale wiped them
 * @param instances maximum concurrency of a component, at least 1; always 1 for a provider
 */
public record Running(
        WorkloadKind kind, String image, SortedMap<String, String> annotations, int instances) {
    public Running {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }
}
