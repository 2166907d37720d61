package dev.trellis.scheduler.observe;

import java.util.Comparator;

/** By what {@code link.del} finds a link; more than one link can have the same key. */
public record LinkKey(WorkloadId source, String name, String namespace, String packageName)
        implements Comparable<LinkKey> {
    private static final Comparator<LinkKey> ORDER =
            Comparator.comparing(LinkKey::source)
                    .thenComparing(LinkKey::name)
                    .thenComparing(LinkKey::namespace)
                    .thenComparing(LinkKey::packageName);

    @Override
    public int compareTo(LinkKey other) {
        return ORDER.compare(this, other);
    }
}
