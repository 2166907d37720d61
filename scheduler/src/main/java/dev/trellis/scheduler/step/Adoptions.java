package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.Annotations;
import dev.trellis.scheduler.decide.AppCompiler;
import dev.trellis.scheduler.decide.AppMemory;
import dev.trellis.scheduler.decide.AppPlanner;
import dev.trellis.scheduler.decide.Moves;
import dev.trellis.scheduler.decide.SharedComponents;
import dev.trellis.scheduler.decide.Situation;
import dev.trellis.scheduler.decide.Step;
import dev.trellis.scheduler.decide.WantedApp;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.Adoption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks at apps that are not stored yet as if they were, and as if wadm's things were theirs. */
final class Adoptions {
    private final Lattice lattice;
    private final Map<AppName, Adoption.Candidate> candidates = new TreeMap<>();
    private final Set<WorkloadId> wanted = new HashSet<>();
    private final Set<String> unread = new TreeSet<>();

    Adoptions(Lattice lattice, List<Adoption.Candidate> apps) {
        this.lattice = lattice;
        apps.forEach(app -> candidates.put(app.record().name(), app));
    }

    Adoption look() {
        var situation =
                lattice.situation(app -> candidates.containsKey(app) || lattice.isAdopted(app));
        var adopted = new TreeMap<AppName, Adoption.Adopted>();
        var steps = new ArrayList<Step>();
        for (var candidate : candidates.values()) {
            compile(candidate)
                    .ifPresent(app -> {
                        adopted.put(app.app(), adopted(app, situation));
                        steps.addAll(steps(app, situation));
                    });
        }
        var unknown = unknown();
        boolean certain =
                lattice.settling.isSettled()
                        && !lattice.liveness.inDoubt()
                        && unread.isEmpty()
                        && (lattice.view.linksKnown() || lattice.view.hosts().isEmpty())
                        && lattice.view.hosts().values().stream().allMatch(h -> h.known());
        return new Adoption(certain, adopted, unknown, steps);
    }

    /** Configs that have to be asked for before it is certain. */
    Set<String> unread() {
        return unread;
    }

    private Optional<WantedApp> compile(Adoption.Candidate candidate) {
        var record = candidate.record();
        return record.deployedVersion()
                .flatMap(version ->
                        AppCompiler.compile(record, version, candidate.desired(), this::lent));
    }

    private SharedComponents.Found lent(String application, String component) {
        var name = new AppName(application);
        var beside = candidates.get(name);
        if (beside != null) {
            return SharedComponents.in(beside.desired(), component);
        }
        var stored = lattice.apps.get(name);
        return stored == null ? App.notDeployed(application) : stored.lent(component);
    }

    private List<Step> steps(WantedApp app, Situation situation) {
        var plan =
                AppPlanner.plan(
                        app,
                        situation,
                        new AppMemory(app.app().value()),
                        n ->
                                Optional.of(
                                        n == app.version().n()
                                                ? Optional.of(app)
                                                : Optional.empty()),
                        Optional.empty(),
                        true,
                        Moves.BY_RULE);
        unread.addAll(plan.ask());
        return plan.steps();
    }

    private Adoption.Adopted adopted(WantedApp app, Situation situation) {
        var puts = AppPlanner.puts(app);
        wanted.addAll(puts.components());
        wanted.addAll(puts.providers());
        var links = new HashSet<LinkKey>();
        lattice.view.links().stream()
                .map(Link::key)
                .filter(key -> puts.links().contains(key))
                .forEach(links::add);
        int configs = 0;
        for (var name : puts.configs()) {
            configs += lattice.view.config(name).flatMap(found -> found).isPresent() ? 1 : 0;
        }
        return new Adoption.Adopted(
                running(app.app(), puts.components(), situation),
                running(app.app(), puts.providers(), situation),
                links.size(),
                configs);
    }

    private int running(AppName app, Set<WorkloadId> ids, Situation situation) {
        int count = 0;
        for (var id : ids) {
            boolean runs =
                    lattice.view.hostsRunning(id).stream()
                            .flatMap(host -> lattice.view.running(host, id).stream())
                            .anyMatch(running -> situation.isOurs(app, running));
            count += runs ? 1 : 0;
        }
        return count;
    }

    private List<Adoption.Unknown> unknown() {
        var found = new ArrayList<Adoption.Unknown>();
        for (var host : lattice.view.hosts().values()) {
            host.inventory()
                    .workloads()
                    .forEach((id, running) ->
                            why(id, running)
                                    .ifPresent(why -> found.add(unknown(host.id(), id, why))));
        }
        return found;
    }

    private static Adoption.Unknown unknown(HostId host, WorkloadId id, String why) {
        return new Adoption.Unknown(host, id, why);
    }

    private Optional<String> why(WorkloadId id, Running running) {
        if (!Annotations.saysWadm(running)) {
            return Optional.empty();
        }
        var app = Annotations.app(running).map(AppName::new);
        if (app.filter(lattice::isAdopted).isPresent()) {
            return Optional.empty(); // taken over before
        }
        if (app.filter(candidates::containsKey).isEmpty()) {
            return Optional.of("names no app of this import");
        }
        return wanted.contains(id)
                ? Optional.empty()
                : Optional.of(
                        "the deployed version of app %s does not want it".formatted(app.get()));
    }
}
