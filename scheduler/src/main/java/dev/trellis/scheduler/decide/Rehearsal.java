package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeView;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.wanted.Owned;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plays a version through on a copy of the lattice in which every command works at once, by the
 * very function that decides what is sent. What is on its way counts as arrived. The disruption
 * budget is lifted: it says when a command is sent, not whether.
 */
final class Rehearsal {
    /**
     * Far more rounds than any order of starts needs; a plan that takes more is cut and says so.
     */
    private static final int MOST_ROUNDS = 500;

    private final WantedApp app;
    private final Situation real;
    private final LatticeView view;
    private final AppMemory memory;
    private final Revisions revisions;
    private final Situation situation;
    private final List<DeployPlan.PlannedCommand> commands = new ArrayList<>();
    private boolean cut;

    Rehearsal(WantedApp app, Situation real, AppMemory memory, Revisions revisions) {
        this.app = app;
        this.real = real;
        this.view = real.view().copy();
        this.memory = memory.copy();
        this.revisions = revisions;
        this.situation =
                new Situation(
                        view,
                        real.suspect(),
                        _ -> false,
                        new InFlight(),
                        new Failures<>(),
                        new Failures<>(),
                        Set.of(),
                        real.marks(),
                        real.limits(),
                        real.exclusives(),
                        new Away(),
                        real.manager(),
                        real.adopted(),
                        real.settings(),
                        real.now(),
                        true);
    }

    /**
     * Plays it through to the end.
     *
     * @param moves what the first round may move
     * @param demand what is wanted of what the app put, once this version is the desired one
     */
    DeployPlan run(
            Optional<String> from,
            String policy,
            Owned owned,
            Demand demand,
            Optional<String> claimedBy,
            Moves moves) {
        var budget = new Budget(app, real, hosts(), Budget.before(app, real, memory).away());
        arrive();
        var plan = plan(claimedBy, moves);
        boolean more = true;
        for (int round = 0; more; round++) {
            var steps = new ArrayList<>(plan.steps());
            if (steps.isEmpty() && plan.settledDown()) {
                steps.addAll(AppPlanner.removal(app.app(), owned, demand, situation).steps());
            }
            learn(plan.ask());
            more = !steps.isEmpty() || !plan.ask().isEmpty();
            steps.forEach(this::play);
            cut = more && round >= MOST_ROUNDS;
            more &= !cut;
            if (more) {
                plan = plan(claimedBy, Moves.BY_RULE);
            }
        }
        return result(from, policy, plan, budget);
    }

    private AppPlan plan(Optional<String> claimedBy, Moves moves) {
        return AppPlanner.plan(app, situation, memory, revisions, claimedBy, true, moves);
    }

    private int hosts() {
        var hosts = new HashSet<HostId>();
        app.workloads().forEach(w -> hosts.addAll(real.view().hostsRunning(w.id())));
        return hosts.size();
    }

    /** What was sent is as good as there. */
    private void arrive() {
        for (var host : List.copyOf(view.hosts().keySet())) {
            for (var workload : app.workloads()) {
                real.inFlight().at(host, workload.id()).ifPresent(sent -> apply(sent.command()));
            }
        }
        if (!view.linksKnown()) {
            view.links(List.of());
        }
    }

    /** A config that nobody asked for yet is taken to be absent. */
    private void learn(Set<String> configs) {
        configs.forEach(name -> view.config(name, Optional.empty()));
    }

    private void play(Step step) {
        commands.add(planned(step));
        apply(step.command());
    }

    private DeployPlan.PlannedCommand planned(Step step) {
        return switch (step.command()) {
            case Command.Scale scale ->
                    onHost(scale, "scale", running(scale), scale.count(), step.reason());
            case Command.StartProvider start ->
                    onHost(start, "startProvider", running(start), 1, step.reason());
            case Command.StopProvider stop ->
                    onHost(stop, "stopProvider", running(stop), 0, step.reason());
            case Command.PutConfig(var name, _) -> wire("putConfig", name, step.reason());
            case Command.DeleteConfig(var name) -> wire("deleteConfig", name, step.reason());
            case Command.PutLink(var link) -> wire("putLink", link.source().value(), step.reason());
            case Command.DeleteLink(var key) ->
                    wire("deleteLink", key.source().value(), step.reason());
        };
    }

    private static DeployPlan.PlannedCommand onHost(
            Command.OnHost command, String action, int from, int to, String reason) {
        return new DeployPlan.PlannedCommand(
                Optional.of(command.host()), action, command.id().value(), from, to, reason);
    }

    private static DeployPlan.PlannedCommand wire(String action, String subject, String reason) {
        return new DeployPlan.PlannedCommand(Optional.empty(), action, subject, 0, 0, reason);
    }

    private int running(Command.OnHost command) {
        return view.running(command.host(), command.id()).map(Running::instances).orElse(0);
    }

    private void apply(Command command) {
        switch (command) {
            case Command.Scale scale ->
                    view.workload(
                            scale.host(),
                            scale.id(),
                            scale.count() == 0
                                    ? Optional.empty()
                                    : Optional.of(
                                            new Running(
                                                    WorkloadKind.COMPONENT,
                                                    scale.image(),
                                                    scale.annotations(),
                                                    scale.count())));
            case Command.StartProvider start ->
                    view.workload(
                            start.host(),
                            start.id(),
                            Optional.of(
                                    new Running(
                                            WorkloadKind.PROVIDER,
                                            start.image(),
                                            start.annotations(),
                                            1)));
            case Command.StopProvider stop ->
                    view.workload(stop.host(), stop.id(), Optional.empty());
            case Command.PutConfig(var name, var values) -> view.config(name, Optional.of(values));
            case Command.DeleteConfig(var name) -> view.config(name, Optional.empty());
            case Command.PutLink(var link) -> view.linkSet(link);
            case Command.DeleteLink(var key) -> view.linkDeleted(key, Optional.empty());
        }
    }

    private DeployPlan result(Optional<String> from, String policy, AppPlan plan, Budget budget) {
        var problems = new ArrayList<String>();
        var status = plan.status();
        if (status.phase() == Phase.FAILED || status.phase() == Phase.WAITING) {
            problems.add(status.message());
        }
        var warnings = new ArrayList<String>();
        if (cut) {
            warnings.add("the plan is cut after " + commands.size() + " commands");
        }
        if (!plan.wakeAt().equals(Instant.MAX)) {
            warnings.add("further moves wait for the budget of rebalance");
        }
        var to = app.version().version();
        return new DeployPlan(
                app.app(),
                from,
                to,
                hash(from.orElse(""), to, policy),
                problems.isEmpty(),
                counts(),
                commands,
                new DeployPlan.Unavailable(budget.away().size(), budget.most()),
                warnings,
                problems);
    }

    private DeployPlan.CommandCounts counts() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        commands.forEach(command -> counts.merge(command.action(), 1, Integer::sum));
        return new DeployPlan.CommandCounts(
                counts.getOrDefault("scale", 0),
                counts.getOrDefault("startProvider", 0),
                counts.getOrDefault("stopProvider", 0),
                counts.getOrDefault("putLink", 0),
                counts.getOrDefault("deleteLink", 0),
                counts.getOrDefault("putConfig", 0),
                counts.getOrDefault("deleteConfig", 0));
    }

    private String hash(String from, String to, String policy) {
        var text = new StringBuilder();
        text.append(from).append('\n').append(to).append('\n').append(policy).append('\n');
        for (var command : commands) {
            text.append(command.host().map(HostId::value).orElse(""))
                    .append(' ')
                    .append(command.action())
                    .append(' ')
                    .append(command.subject())
                    .append(' ')
                    .append(command.from())
                    .append(' ')
                    .append(command.to())
                    .append('\n');
        }
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var bytes = sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
