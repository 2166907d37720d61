package dev.trellis.scheduler.wanted;

import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an app ever put and that is not yet seen gone: the key {@code owned.<lattice>.<app>}. It is
 * written before the first put of each thing, and outlives the app.
 */
public record Owned(
        SortedSet<WorkloadId> components,
        SortedSet<WorkloadId> providers,
        SortedSet<LinkKey> links,
        SortedSet<String> configs) {
    public static final Owned NOTHING =
            new Owned(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    public Owned {
        components = Collections.unmodifiableSortedSet(new TreeSet<>(components));
        providers = Collections.unmodifiableSortedSet(new TreeSet<>(providers));
        links = Collections.unmodifiableSortedSet(new TreeSet<>(links));
        configs = Collections.unmodifiableSortedSet(new TreeSet<>(configs));
    }

    public boolean isEmpty() {
        return components.isEmpty() && providers.isEmpty() && links.isEmpty() && configs.isEmpty();
    }
}
