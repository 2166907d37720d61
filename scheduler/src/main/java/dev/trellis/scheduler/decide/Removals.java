package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.Host;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.wanted.Owned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The one path by which anything is removed: <em>owned, less what a live app wants</em>. Workloads
 * stop first (a link's source before its target), then links go, then configs, which are never
 * deleted while a live app refers to them, a link names them, or something that may use them runs.
 * What is seen gone, or taken over by another app, leaves the owned record. A workload that says it
 * was started for this app stops also when another app wants its id: no host runs both. While a
 * lattice has no host, all of it waits.
 */
final class Removals {
    private final AppName app;
    private final Owned owned;
    private final Demand demand;
    private final Situation situation;
    private final List<Step> steps = new ArrayList<>();
    private final Set<WorkloadId> running = new HashSet<>();
    private final Set<String> ask = new TreeSet<>();

    Removals(AppName app, Owned owned, Demand demand, Situation situation) {
        this.app = app;
        this.owned = owned;
        this.demand = demand;
        this.situation = situation;
    }

    /** What is to be done now towards having nothing left over. */
    List<Step> steps() {
        if (situation.view().hosts().isEmpty()) {
            return steps;
        }
        workloads();
        links();
        if (running.isEmpty() && allRead()) {
            configs();
        }
        return steps;
    }

    Set<String> ask() {
        return ask;
    }

    /** What is left of {@code owned} once all that is seen gone and not wanted is taken out. */
    Owned rest() {
        if (!allRead()) {
            return owned;
        }
        return new Owned(
                keep(owned.components(), this::keepsWorkload),
                keep(owned.providers(), this::keepsWorkload),
                keep(owned.links(), key -> keeps(demand.on(key, app), () -> isLinked(key))),
                keep(owned.configs(), name -> keeps(demand.on(name, app), () -> mayBeThere(name))),
                owned.adopted());
    }

    private boolean allRead() {
        var hosts = situation.view().hosts().values();
        return !hosts.isEmpty() && hosts.stream().allMatch(Host::known);
    }

    private static <T> SortedSet<T> keep(Set<T> owned, Predicate<T> keeps) {
        var kept = new TreeSet<T>();
        owned.stream().filter(keeps).forEach(kept::add);
        return kept;
    }

    private boolean keepsWorkload(WorkloadId id) {
        return switch (demand.on(id, app)) {
            case OWN -> true;
            case NONE, OTHER, TAKEN_OVER -> runs(id);
        };
    }

    private static boolean keeps(Demand.Claim claim, BooleanSupplier there) {
        return switch (claim) {
            case OWN -> true;
            case TAKEN_OVER -> false;
            case NONE, OTHER -> there.getAsBoolean();
        };
    }

    private boolean runs(WorkloadId id) {
        return situation.view().hostsRunning(id).stream().anyMatch(host -> isOurs(host, id))
                || situation.view().hosts().keySet().stream()
                        .anyMatch(host -> situation.inFlight().at(host, id).isPresent());
    }

    private boolean isOurs(HostId host, WorkloadId id) {
        return situation
                .view()
                .running(host, id)
                .filter(r -> situation.isOurs(app, r))
                .filter(r -> Annotations.names(app, r) || demand.on(id, app) == Demand.Claim.NONE)
                .isPresent();
    }

    private boolean isLinked(LinkKey key) {
        return !situation.view().linksKnown()
                || situation.busyWires().contains(WireKey.link(key.source()))
                || situation.view().links().stream().anyMatch(l -> l.key().equals(key));
    }

    private boolean mayBeThere(String name) {
        var seen = situation.view().config(name);
        if (seen.isEmpty()) {
            ask.add(name);
        }
        return seen.isEmpty()
                || seen.get().isPresent()
                || situation.busyWires().contains(WireKey.config(name));
    }

    private void workloads() {
        var surplus = new TreeSet<WorkloadId>();
        owned.components().stream().filter(id -> !isWanted(id)).forEach(surplus::add);
        owned.providers().stream().filter(id -> !isWanted(id)).forEach(surplus::add);
        for (var id : surplus) {
            for (var host : new TreeSet<>(situation.view().hostsRunning(id))) {
                if (!isOurs(host, id)) {
                    continue;
                }
                running.add(id);
                var at = new At(host, id);
                var seen = situation.view().running(host, id).orElseThrow();
                boolean backsOff =
                        situation
                                .failures()
                                .of(at, seen.image())
                                .filter(f -> f.nextRetry().isAfter(situation.now()))
                                .isPresent();
                if (!backsOff
                        && situation.inFlight().at(host, id).isEmpty()
                        && !situation.suspect().test(host)
                        && !callerRuns(host, id, surplus)) {
                    steps.add(new Step(HostSteps.stopOf(host, id, seen), "NotWanted"));
                }
            }
        }
    }

    private boolean isWanted(WorkloadId id) {
        return demand.on(id, app) == Demand.Claim.OWN;
    }

    private boolean callerRuns(HostId host, WorkloadId target, Set<WorkloadId> surplus) {
        return situation.view().links().stream()
                .filter(l -> l.target().equals(target) && !l.source().equals(target))
                .map(Link::source)
                .filter(surplus::contains)
                .filter(source -> !linksBack(target, source) || source.compareTo(target) < 0)
                .anyMatch(source -> isOurs(host, source));
    }

    private boolean linksBack(WorkloadId from, WorkloadId to) {
        return situation.view().links().stream()
                .anyMatch(l -> l.source().equals(from) && l.target().equals(to));
    }

    private void links() {
        var busy = new HashSet<WorkloadId>();
        for (var link : situation.view().links()) {
            var key = link.key();
            if (!owned.links().contains(key)
                    || demand.on(key, app) != Demand.Claim.NONE
                    || running.contains(link.source())
                    || running.contains(link.target())
                    || !free(WireKey.link(key.source()))
                    || !busy.add(key.source())) {
                continue;
            }
            steps.add(new Step(new Command.DeleteLink(key), "NotWanted"));
        }
    }

    private void configs() {
        for (var name : owned.configs()) {
            if (demand.on(name, app) != Demand.Claim.NONE || !free(WireKey.config(name))) {
                continue;
            }
            var seen = situation.view().config(name);
            if (seen.isEmpty()) {
                ask.add(name);
            } else if (seen.get().isPresent() && !isNamed(name)) {
                steps.add(new Step(new Command.DeleteConfig(name), "NotWanted"));
            }
        }
    }

    private boolean isNamed(String config) {
        return !situation.view().linksKnown()
                || situation.view().links().stream()
                        .anyMatch(l ->
                                l.sourceConfig().contains(config)
                                        || l.targetConfig().contains(config));
    }

    private boolean free(String key) {
        return !situation.busyWires().contains(key)
                && situation
                        .wires()
                        .of(key, "")
                        .filter(f -> f.nextRetry().isAfter(situation.now()))
                        .isEmpty();
    }
}
