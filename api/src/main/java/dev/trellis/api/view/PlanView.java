package dev.trellis.api.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.decide.DeployPlan;
import java.util.Optional;
import java.util.stream.IntStream;

/** A plan. */
public final class PlanView {
    private PlanView() {}

    /** Commands only with a page of them; what differs in the manifests is added by the caller. */
    public static ObjectNode of(DeployPlan plan, Optional<Page> commands) {
        var json = Json.object().put("app", plan.app().value());
        Json.put(json, "from", plan.from());
        json.put("to", plan.to()).put("planHash", plan.planHash()).put("possible", plan.possible());
        var counts = plan.commandCounts();
        json.putObject("commandCounts")
                .put("scale", counts.scale())
                .put("startProvider", counts.startProvider())
                .put("stopProvider", counts.stopProvider())
                .put("putLink", counts.putLink())
                .put("deleteLink", counts.deleteLink())
                .put("putConfig", counts.putConfig())
                .put("deleteConfig", counts.deleteConfig());
        commands.ifPresent(page -> json.set("commands", commands(plan, page)));
        json.putObject("unavailable")
                .put("now", plan.unavailable().now())
                .put("max", plan.unavailable().max());
        var warnings = json.putArray("warnings");
        plan.warnings().forEach(warnings::add);
        var problems = json.putArray("problems");
        plan.problems().forEach(problems::add);
        return json;
    }

    /** The plan that a cursor belongs to; empty when it is none of a plan. */
    public static Optional<String> boundTo(Page page) {
        return page.after()
                .filter(key -> key.lastIndexOf('|') > 0)
                .map(key -> key.substring(0, key.lastIndexOf('|')));
    }

    private static ObjectNode commands(DeployPlan plan, Page page) {
        return page.of(
                IntStream.range(0, plan.commands().size()).boxed().toList(),
                index -> "%s|%09d".formatted(plan.planHash(), index),
                index -> command(plan.commands().get(index)));
    }

    private static ObjectNode command(DeployPlan.PlannedCommand command) {
        var json = Json.object();
        command.host().ifPresent(host -> json.put("host", host.value()));
        json.put("action", command.action());
        switch (command.action()) {
            case "putLink", "deleteLink" -> json.put("link", command.subject());
            case "putConfig", "deleteConfig" -> json.put("config", command.subject());
            default ->
                    json.put("component", command.subject())
                            .put("from", command.from())
                            .put("to", command.to());
        }
        return json.put("reason", command.reason());
    }
}
