package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Hosts that are not serving or in transition, by app: what a lattice's own ceiling counts over all
 * apps together. As of each app's last look.
 */
public final class Away {
    private final Map<AppName, Set<HostId>> byApp = new HashMap<>();

    public void set(AppName app, Set<HostId> hosts) {
        if (hosts.isEmpty()) {
            byApp.remove(app);
        } else {
            byApp.put(app, Set.copyOf(hosts));
        }
    }

    public void forget(AppName app) {
        byApp.remove(app);
    }

    /** Hosts away for the sake of other apps. */
    public Set<HostId> besides(AppName app) {
        var all = new HashSet<HostId>();
        byApp.forEach((name, hosts) -> {
            if (!name.equals(app)) {
                all.addAll(hosts);
            }
        });
        return all;
    }
}
