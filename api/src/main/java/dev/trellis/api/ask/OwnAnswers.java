package dev.trellis.api.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.ExplainView;
import dev.trellis.api.view.HostView;
import dev.trellis.api.view.Json;
import dev.trellis.api.view.LabelFilter;
import dev.trellis.api.view.Page;
import dev.trellis.api.view.PlanView;
import dev.trellis.api.view.StatusView;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Answers from the loop of this process. */
final class OwnAnswers {
    private final LatticeOwner owner;
    private final String instance;
    private final Imports imports;

    OwnAnswers(LatticeOwner owner, String instance, Imports imports) {
        this.owner = owner;
        this.imports = imports;
        this.instance = instance;
    }

    /** Empty when this process does not own the lattice. */
    Optional<Answer> answer(LatticeName lattice, Question question) {
        return switch (question) {
            case Question.Overview() ->
                    owner.overview(lattice).map(seen -> new Answer.Found(overview(seen)));
            case Question.Status(var app, var hosts) ->
                    owner.status(lattice, new AppName(app))
                            .map(found -> status(lattice, found, hosts));
            case Question.Hosts(var label, var page) ->
                    owner.hosts(lattice).map(found -> new Answer.Found(hosts(found, label, page)));
            case Question.Host(var id) ->
                    owner.hosts(lattice)
                            .map(found ->
                                    found.stream()
                                            .filter(host -> host.id().value().equals(id))
                                            .findFirst()
                                            .<Answer>map(
                                                    host -> new Answer.Found(HostView.of(host)))
                                            .orElseGet(Answer.Unknown::new));
            case Question.Running(var app) ->
                    owner.owned().contains(lattice)
                            ? Optional.of(running(owner.running(lattice, new AppName(app))))
                            : Optional.empty();
            case Question.Import(var dryRun, var by) ->
                    owner.owned().contains(lattice)
                            ? Optional.of(new Answer.Found(imports.run(lattice, dryRun, by)))
                            : Optional.empty();
            case Question.Explain(var app, var host) ->
                    owner.explain(lattice, new AppName(app), host.map(HostId::new))
                            .map(found -> found(found.map(ExplainView::of)));
            case Question.Plan(var app, var candidate, var commands) ->
                    owner.plan(lattice, new AppName(app), candidate)
                            .map(plan -> new Answer.Found(PlanView.of(plan, commands)));
            case Question.PlanRebalance(var app, var commands) ->
                    owner.planRebalance(lattice, new AppName(app))
                            .map(found -> found(found.map(plan -> PlanView.of(plan, commands))));
            case Question.Rebalance(var app) ->
                    owner.rebalance(lattice, new AppName(app))
                            .map(noted ->
                                    noted ? new Answer.Found(Json.object()) : new Answer.Unknown());
        };
    }

    /** Unknown: any may be in use. */
    private static Answer running(Optional<Set<Integer>> versions) {
        return versions.<Answer>map(
                        known -> {
                            var json = Json.object();
                            var numbers = json.putArray("versions");
                            known.forEach(numbers::add);
                            return new Answer.Found(json);
                        })
                .orElseGet(Answer.Unknown::new);
    }

    private static Answer found(Optional<ObjectNode> json) {
        return json.<Answer>map(Answer.Found::new).orElseGet(Answer.Unknown::new);
    }

    private static Answer status(
            LatticeName lattice, Optional<AppStatus> status, Optional<Page> hosts) {
        if (status.isEmpty()) {
            return new Answer.Unknown();
        }
        var json = StatusView.of(lattice, status.get());
        hosts.ifPresent(page ->
                json.set(
                        "hosts",
                        page.of(
                                StatusView.sorted(status.get().hosts()),
                                StatusView::hostKey,
                                StatusView::host)));
        return new Answer.Found(json);
    }

    private static ObjectNode hosts(
            java.util.List<LatticeOwner.HostView> hosts, Optional<String> label, Page page) {
        var filter = label.map(LabelFilter::parse);
        var sorted =
                hosts.stream()
                        .filter(host ->
                                filter.map(f -> f.matches(host.inventory().labels())).orElse(true))
                        .sorted(Comparator.comparing(host -> host.id().value()))
                        .toList();
        return page.of(sorted, host -> host.id().value(), HostView::of);
    }

    private ObjectNode overview(LatticeOwner.Overview seen) {
        var json = Json.object().put("owner", instance).put("settled", seen.settled());
        json.putObject("hosts")
                .put("live", seen.live())
                .put("suspect", seen.suspect())
                .put("cordoned", seen.cordoned())
                .put("draining", seen.draining());
        var apps = json.putObject("apps");
        seen.appsByPhase().forEach(apps::put);
        return json.put("removing", seen.removing())
                .put("orphans", seen.orphans())
                .put("eventLag", Json.duration(seen.eventLag()));
    }
}
