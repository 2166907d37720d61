package dev.trellis.scheduler.wanted;

import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an app ever put and that is not yet seen gone: the key {@code owned.<lattice>.<app>}. It is
 * written before the first put of each thing, and outlives the app.
 *
 * @param adopted taken over from wadm by an import: an entry under these ids that names wadm as its
 *     manager is the app's as well
 */
public record Owned(
        SortedSet<WorkloadId> components,
        SortedSet<WorkloadId> providers,
        SortedSet<LinkKey> links,
        SortedSet<String> configs,
        boolean adopted) {
    public static final Owned NOTHING =
            new Owned(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    public Owned {
        components = Collections.unmodifiableSortedSet(new TreeSet<>(components));
        providers = Collections.unmodifiableSortedSet(new TreeSet<>(providers));
        links = Collections.unmodifiableSortedSet(new TreeSet<>(links));
        configs = Collections.unmodifiableSortedSet(new TreeSet<>(configs));
    }

    /** What Trellis put by itself. */
    public Owned(
            SortedSet<WorkloadId> components,
            SortedSet<WorkloadId> providers,
            SortedSet<LinkKey> links,
            SortedSet<String> configs) {
        this(components, providers, links, configs, false);
    }

    /** The same things, taken over from wadm or not. */
    public Owned adopted(boolean fromWadm) {
        return new Owned(components, providers, links, configs, fromWadm);
    }

    /** Both together; adopted when one of them is. */
    public Owned and(Owned other) {
        return new Owned(
                union(components, other.components),
                union(providers, other.providers),
                union(links, other.links),
                union(configs, other.configs),
                adopted || other.adopted);
    }

    /** Whether it is the same things, wherever they came from. */
    public boolean lists(Owned other) {
        return components.equals(other.components)
                && providers.equals(other.providers)
                && links.equals(other.links)
                && configs.equals(other.configs);
    }

    /** Whether any component or provider is among it. */
    public boolean hasWorkloads() {
        return !components.isEmpty() || !providers.isEmpty();
    }

    private static <T> SortedSet<T> union(SortedSet<T> one, SortedSet<T> other) {
        var all = new TreeSet<T>(one);
        all.addAll(other);
        return all;
    }

    /** Whether nothing is left; where it came from does not matter then. */
    public boolean isEmpty() {
        return components.isEmpty() && providers.isEmpty() && links.isEmpty() && configs.isEmpty();
    }
}
