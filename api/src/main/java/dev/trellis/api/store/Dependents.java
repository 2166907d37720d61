package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Source;
import dev.trellis.scheduler.decide.SharedComponents;
import dev.trellis.scheduler.observe.AppName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What deployed apps use of a shared one. */
final class Dependents {
    private Dependents() {}

    /** Names of the components of {@code shared} that a manifest uses. */
    static Set<String> uses(Manifest manifest, AppName shared) {
        var used = new TreeSet<String>();
        for (var component : manifest.components()) {
            if (component.source() instanceof Source.Shared(var app, var name)
                    && app.equals(shared.value())) {
                used.add(name);
            }
        }
        return used;
    }

    /** The components among {@code used} that are lent now and would be no longer. */
    static List<String> losing(Set<String> used, Manifest now, Optional<Manifest> afterwards) {
        return used.stream()
                .filter(name -> lends(now, name))
                .filter(name -> afterwards.filter(next -> lends(next, name)).isEmpty())
                .toList();
    }

    private static boolean lends(Manifest manifest, String component) {
        return SharedComponents.in(manifest, component) instanceof SharedComponents.Found.Lent;
    }
}
