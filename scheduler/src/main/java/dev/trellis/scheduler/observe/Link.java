package dev.trellis.scheduler.observe;

import java.util.List;

/**
 * A link as hosts store it (lattice-protocol 1.5): all eight fields, configs by name.
 *
 * @param name {@code default} where none was given
 */
public record Link(
        WorkloadId source,
        WorkloadId target,
        String name,
        String namespace,
        String packageName,
        List<String> interfaces,
        List<String> sourceConfig,
        List<String> targetConfig) {
    public Link {
        interfaces = interfaces.stream().sorted().distinct().toList();
        sourceConfig = List.copyOf(sourceConfig);
        targetConfig = List.copyOf(targetConfig);
    }

    /** What a delete names: no target and no interfaces (lattice-protocol, trap 15). */
    public LinkKey key() {
        return new LinkKey(source, name, namespace, packageName);
    }
}
