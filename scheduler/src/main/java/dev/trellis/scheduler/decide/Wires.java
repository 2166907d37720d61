package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Configs and links of one app: what is there, what is missing, what has to be asked first. Configs
 * come before the links that name them, and both before what starts with them (trap 11). One put or
 * delete at a time for each link source (trap 13).
 */
final class Wires {
    private final WantedApp app;
    private final Situation situation;
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> ask = new TreeSet<>();
    private final Set<String> present = new HashSet<>();
    private final Set<String> absent = new TreeSet<>();
    private final Set<Link> linked = new HashSet<>();
    private final Set<WorkloadId> pendingLinks = new HashSet<>();

    Wires(WantedApp app, Situation situation) {
        this.app = app;
        this.situation = situation;
        app.configs().keySet().forEach(this::managed);
        app.external().forEach(this::external);
        if (situation.view().linksKnown() && !situation.view().hosts().isEmpty()) {
            var busy = new HashSet<WorkloadId>();
            app.links().forEach(link -> link(link, busy));
            stale(busy);
        }
    }

    List<Step> steps() {
        return steps;
    }

    /** Configs whose values have to be asked for. */
    Set<String> ask() {
        return ask;
    }

    boolean isPresent(String config) {
        return present.contains(config);
    }

    boolean isPresent(Link link) {
        return linked.contains(link);
    }

    /** External configs that are known not to be there. */
    Set<String> absentExternal() {
        return absent;
    }

    boolean isComplete() {
        return present.size() == app.configs().size() + app.external().size()
                && linked.size() == app.links().size();
    }

    /** Its configs are there, and no link of it is still to be put for the first time. */
    boolean isReady(Workload workload) {
        return situation.view().linksKnown()
                && present.containsAll(workload.config())
                && !pendingLinks.contains(workload.id());
    }

    private void managed(String name) {
        var seen = situation.view().config(name);
        var wanted = app.configs().get(name);
        if (seen.isEmpty()) {
            ask.add(name);
        } else if (wanted != null
                && seen.get().filter(has -> ConfigValues.same(name, has, wanted)).isPresent()) {
            present.add(name);
        } else if (wanted != null && free(WireKey.config(name))) {
            steps.add(new Step(new Command.PutConfig(name, wanted), "Config"));
        }
    }

    private void external(String name) {
        var seen = situation.view().config(name);
        if (seen.isEmpty()) {
            ask.add(name);
        } else if (seen.get().isPresent()) {
            present.add(name);
        } else {
            absent.add(name);
        }
    }

    private void link(Link wanted, Set<WorkloadId> busy) {
        if (situation.view().links().contains(wanted)) {
            linked.add(wanted);
            return;
        }
        boolean failing = situation.wires().of(WireKey.link(wanted.source()), "").isPresent();
        if (!failing) {
            pendingLinks.add(wanted.source());
            pendingLinks.add(wanted.target());
        }
        boolean configured =
                present.containsAll(wanted.sourceConfig())
                        && present.containsAll(wanted.targetConfig());
        if (!configured || !free(WireKey.link(wanted.source())) || !busy.add(wanted.source())) {
            return;
        }
        var inTheWay =
                situation.view().links().stream()
                        .filter(seen -> seen.key().equals(wanted.key()))
                        .filter(seen -> !seen.target().equals(wanted.target()))
                        .filter(seen ->
                                seen.interfaces().stream().anyMatch(wanted.interfaces()::contains))
                        .findFirst();
        steps.add(
                inTheWay.isPresent()
                        ? new Step(new Command.DeleteLink(wanted.key()), "Retarget")
                        : new Step(new Command.PutLink(wanted), "Link"));
    }

    /**
     * A link that has the key of one of ours and another target, with interfaces of its own, would
     * never go: a delete names the key only. Whichever the host takes, the next look puts right.
     */
    private void stale(Set<WorkloadId> busy) {
        var wanted = new HashMap<LinkKey, Set<WorkloadId>>();
        for (var link : app.links()) {
            wanted.computeIfAbsent(link.key(), _ -> new HashSet<>()).add(link.target());
        }
        for (var seen : situation.view().links()) {
            var targets = wanted.get(seen.key());
            if (targets != null
                    && !targets.contains(seen.target())
                    && free(WireKey.link(seen.source()))
                    && busy.add(seen.source())) {
                steps.add(new Step(new Command.DeleteLink(seen.key()), "Retarget"));
            }
        }
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
