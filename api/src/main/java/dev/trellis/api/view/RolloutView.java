package dev.trellis.api.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.manifest.rollout.Stage;
import dev.trellis.scheduler.rollout.GateState;
import dev.trellis.scheduler.rollout.Revision;
import dev.trellis.scheduler.rollout.Role;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.RolloutSummary;
import dev.trellis.scheduler.wanted.AppRecord;

/** A rollout as the API shows it. */
public final class RolloutView {
    private RolloutView() {}

    /** In full. */
    public static ObjectNode of(AppRecord app, RolloutRecord rollout) {
        var json =
                Json.object()
                        .put("id", rollout.id())
                        .put("app", app.name().value())
                        .put("policy", rollout.policy().name());
        rollout.from().ifPresent(from -> json.put("from", name(app, from)));
        json.put("to", name(app, rollout.to()))
                .put("phase", rollout.phase().word())
                .put("paused", rollout.paused())
                .put("reason", rollout.reason())
                .put("message", rollout.message());
        if (!rollout.failure().isEmpty()) {
            json.put("failure", rollout.failure());
        }
        if (!rollout.planHash().isEmpty()) {
            json.put("planHash", rollout.planHash());
        }
        json.put("at", Json.time(rollout.at())).put("by", rollout.by());
        rollout.nextWakeAt().ifPresent(at -> json.put("nextWakeAt", Json.time(at)));
        var stages = json.putArray("stages");
        var plan = rollout.plan();
        for (int k = 0; k < plan.size(); k++) {
            stage(stages, plan.get(k), rollout, k);
        }
        intents(json, rollout);
        return json;
    }

    private static void stage(ArrayNode stages, Stage stage, RolloutRecord rollout, int k) {
        var progress = rollout.stages().get(k);
        var members = rollout.members();
        int claimed = members.count(k, Role.CLAIMED);
        int wave = members.count(k, Role.WAVE);
        int proven = members.count(k, Role.PROVEN);
        int excused = members.count(k, Role.EXCUSED);
        var json =
                stages.addObject()
                        .put("name", stage.name())
                        .put("state", progress.mark().word())
                        .put("wave", progress.waves())
                        .put("matched", claimed + wave + proven + excused)
                        .put("admitted", wave + proven)
                        .put("good", proven + (k == rollout.stage() ? rollout.healthy() : 0))
                        .put("proven", proven)
                        .put("excused", excused)
                        .put("lost", progress.lost());
        json.putObject("bake")
                .put("done", Json.duration(progress.bake()))
                .put("of", Json.duration(stage.bakeTime()));
        var gates = json.putArray("gates");
        progress.gates().forEach(gate -> gate(gates, gate));
    }

    private static void gate(ArrayNode gates, GateState gate) {
        var json =
                gates.addObject()
                        .put("type", gate.name().replaceFirst(":.*", ""))
                        .put("result", gate.verdict().word());
        if (gate.name().startsWith(GateState.METRIC)) {
            json.put("name", gate.name().substring(GateState.METRIC.length()));
        }
        Json.put(json, "by", gate.by());
        gate.at().ifPresent(at -> json.put("at", Json.time(at)));
        if (!gate.message().isEmpty()) {
            json.put("reason", gate.message());
        }
    }

    private static void intents(ObjectNode json, RolloutRecord rollout) {
        if (rollout.intents().isEmpty()) {
            return;
        }
        var verbs = json.putArray("verbs");
        for (var intent : rollout.intents()) {
            var verb =
                    verbs.addObject()
                            .put("verb", intent.verb().word())
                            .put("by", intent.by())
                            .put("at", Json.time(intent.at()));
            if (!intent.reason().isEmpty()) {
                verb.put("reason", intent.reason());
            }
            Json.put(verb, "result", intent.result());
        }
    }

    private static String name(AppRecord app, Revision revision) {
        return app.version(revision.n()).map(AppRecord.Version::version).orElse(revision.label());
    }

    /** In a line, as in a status. */
    static ObjectNode summary(RolloutSummary rollout) {
        var json = Json.object().put("id", rollout.id());
        if (!rollout.from().isEmpty()) {
            json.put("from", rollout.from());
        }
        json.put("to", rollout.to()).put("phase", rollout.phase().word());
        if (!rollout.stage().isEmpty()) {
            json.put("stage", rollout.stage());
        }
        return json.put("paused", rollout.paused()).put("reason", rollout.reason());
    }
}
