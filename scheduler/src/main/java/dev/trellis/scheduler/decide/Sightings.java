package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.rollout.HostSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at each host that runs, or is to run, something that a rollout covers. */
final class Sightings {
    private final Targets targets;
    private final Situation situation;
    private final SortedMap<HostId, List<Cell>> byHost = new TreeMap<>();

    Sightings(Targets targets, Situation situation, List<WorkloadPlan> plans) {
        this.targets = targets;
        this.situation = situation;
        for (var plan : plans) {
            if (!targets.covers(plan.workload().id())) {
                continue;
            }
            for (var cell : plan.cells()) {
                if (plan.placement().perHost().getOrDefault(cell.host().value(), 0) > 0) {
                    byHost.computeIfAbsent(cell.host(), _ -> new ArrayList<>()).add(cell);
                }
            }
        }
    }

    SortedMap<HostId, Sighting> all() {
        var all = new TreeMap<HostId, Sighting>();
        byHost.forEach((host, cells) ->
                situation
                        .view()
                        .host(host)
                        .ifPresent(seen -> all.put(host, sighting(host, seen.labels(), cells))));
        return all;
    }

    private Sighting sighting(HostId host, SortedMap<String, String> labels, List<Cell> cells) {
        boolean anything = cells.stream().anyMatch(c -> c.seen().isPresent());
        boolean whole =
                cells.stream()
                        .filter(c -> c.wanted() > 0 || c.seen().isPresent())
                        .allMatch(c ->
                                c.seen().isPresent()
                                        && !situation.view().isUnhealthy(host, c.workload().id()));
        return new Sighting(
                host,
                labels,
                on(cells, anything),
                anything && whole && !situation.suspect().test(host),
                cells.stream().anyMatch(c -> c.sent().isPresent()),
                cells.stream().mapToInt(this::failedStarts).max().orElse(0));
    }

    private int failedStarts(Cell cell) {
        return situation
                .failures()
                .of(cell.at(), cell.workload().image())
                .filter(_ -> cell.seen().isEmpty())
                .map(Failures.Failure::count)
                .orElse(0);
    }

    private HostSeen.On on(List<Cell> cells, boolean anything) {
        if (!anything) {
            return HostSeen.On.NOTHING;
        }
        if (isAllOn(cells, Optional.of(targets.candidate()), true)) {
            return HostSeen.On.CANDIDATE;
        }
        return isAllOn(cells, targets.stable(), false) ? HostSeen.On.STABLE : HostSeen.On.OTHER;
    }

    private boolean isAllOn(List<Cell> cells, Optional<WantedApp> version, boolean strict) {
        return version.isPresent()
                && cells.stream().allMatch(cell -> isOn(cell, version.get(), strict));
    }

    /** What is adopted, or older than the policy, has no annotation and counts as stable only. */
    private boolean isOn(Cell cell, WantedApp version, boolean strict) {
        var workload = version.workload(cell.workload().id());
        if (workload.isEmpty()) {
            return cell.seen().isEmpty(); // this version has no such component
        }
        if (cell.seen().isEmpty()) {
            return false;
        }
        var running = cell.seen().get();
        if (targets.isOn(version, workload.get(), running)) {
            return true;
        }
        return !strict
                && Annotations.rolloutRevision(running).isEmpty()
                && cell.identity() == Cell.Identity.CURRENT
                && workload.get().equals(cell.workload());
    }
}
