package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.Demand.Claim;
import dev.trellis.scheduler.observe.AppName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which deployed apps want which things of one kind. Of several, the one that wrote the thing down
 * first has it: what works stays with whom it works for. Where nobody has, it is the oldest app's.
 */
final class Claimants<T> {
    private final Map<T, List<AppName>> wanting = new HashMap<>();
    private final Map<T, AppName> holders = new HashMap<>();
    private final Map<T, Set<AppName>> referring = new HashMap<>();

    /** Apps are to be added oldest first. */
    void wants(AppName app, Collection<T> things, Collection<T> owned) {
        for (var thing : things) {
            wanting.computeIfAbsent(thing, _ -> new ArrayList<>(1)).add(app);
            if (owned.contains(thing)) {
                holders.putIfAbsent(thing, app);
            }
        }
    }

    /** It uses the thing and will never put or remove it. */
    void refersTo(AppName app, Collection<T> things) {
        things.forEach(t -> referring.computeIfAbsent(t, _ -> new HashSet<>(2)).add(app));
    }

    /** The one that the thing belongs to. */
    Optional<AppName> owner(T thing) {
        var holder = holders.get(thing);
        if (holder != null) {
            return Optional.of(holder);
        }
        return wanting.getOrDefault(thing, List.of()).stream().findFirst();
    }

    Claim on(T thing, AppName app) {
        var apps = wanting.getOrDefault(thing, List.of());
        var referrers = referring.getOrDefault(thing, Set.of());
        if (apps.contains(app) || referrers.contains(app)) {
            return Claim.OWN;
        }
        if (holders.containsKey(thing)) {
            return Claim.TAKEN_OVER;
        }
        return apps.isEmpty() && referrers.isEmpty() ? Claim.NONE : Claim.OTHER;
    }

    /** The claims there would be if the app had none. */
    Claim besides(T thing, AppName app) {
        boolean held = holders.containsKey(thing) && !app.equals(holders.get(thing));
        boolean wanted =
                Stream.concat(
                                wanting.getOrDefault(thing, List.of()).stream(),
                                referring.getOrDefault(thing, Set.of()).stream())
                        .anyMatch(other -> !other.equals(app));
        if (held) {
            return Claim.TAKEN_OVER;
        }
        return wanted ? Claim.OTHER : Claim.NONE;
    }
}
