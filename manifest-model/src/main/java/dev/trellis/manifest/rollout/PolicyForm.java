package dev.trellis.manifest.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.manifest.terms.Settings;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** How a policy's properties spell a policy, with the default of every field. */
final class PolicyForm {

    private PolicyForm() {}

    static RolloutPolicy policy(JsonNode properties) {
        var settings = new Settings(properties);
        return new RolloutPolicy(
                settings.texts("components"),
                stages(settings),
                settings.word("remainder", Remainder.values()).orElse(Remainder.APPEND),
                settings.amount("maxUnproven").orElse(new Amount.Percent(25)),
                settings.amount("maxUnavailable").orElse(new Amount.Percent(10)),
                settings.duration("gateDeadline").orElse(Duration.ofHours(24)),
                settings.duration("healthyTime").orElse(Duration.ofSeconds(10)),
                settings.duration("healthyDeadline").orElse(Duration.ofMinutes(5)),
                settings.duration("progressDeadline").orElse(Duration.ofMinutes(15)),
                settings.amount("lostTolerance").orElse(new Amount.Count(1)),
                settings.word("onFailure", OnFailure.values()).orElse(OnFailure.ROLLBACK),
                settings.object("rollback")
                        .flatMap(rollback -> rollback.amount("maxParallel"))
                        .orElse(Amount.all()),
                settings.word("supersede", Supersede.values()).orElse(Supersede.REPLACE),
                settings.word("initial", Initial.values()).orElse(Initial.SKIP),
                settings.word("strategy", Strategy.values()).orElse(Strategy.RECREATE),
                settings.objects("windows", PolicyForm::window),
                settings.word("globalChanges", GlobalChanges.values())
                        .orElse(GlobalChanges.REFUSE));
    }

    private static List<Stage> stages(Settings policy) {
        var stages = new ArrayList<Stage>();
        for (var stage : policy.objects("stages", settings -> settings)) {
            stages.add(stage(stage, stages.isEmpty()));
        }
        return stages.isEmpty() ? List.of(Stage.all()) : stages;
    }

    private static Stage stage(Settings stage, boolean first) {
        return new Stage(
                stage.text("name").orElseThrow(),
                stage.selector("selector"),
                stage.amount("upTo").orElse(Amount.all()),
                stage.amount("maxParallel")
                        .orElse(first ? Stage.FIRST_MAX_PARALLEL : Stage.MAX_PARALLEL),
                stage.duration("bakeTime").orElse(Stage.DEFAULT_BAKE_TIME),
                stage.object("gate").map(PolicyForm::gate).orElse(Gate.AUTOMATIC),
                stage.amount("maxFailures").orElse(Amount.none()),
                stage.integer("minHosts").orElse(first ? 1 : 0),
                stage.word("onShort", OnShort.values()).orElse(first ? OnShort.FAIL : OnShort.SKIP),
                stage.amount("maxUnproven"),
                stage.amount("maxUnavailable"));
    }

    private static Gate gate(Settings gate) {
        return new Gate(
                gate.object("approval").map(PolicyForm::approval),
                gate.objects("metrics", PolicyForm::metric),
                gate.object("webhook").map(PolicyForm::webhook));
    }

    private static Approval approval(Settings approval) {
        return new Approval(
                approval.duration("expires").orElse(Approval.DEFAULT_EXPIRES),
                approval.word("onExpire", OnExpire.values()).orElse(OnExpire.PAUSE));
    }

    private static Metric metric(Settings metric) {
        return new Metric(
                metric.text("name").orElseThrow(),
                metric.text("url").orElseThrow(),
                metric.text("query").orElseThrow(),
                metric.decimal("max"),
                metric.decimal("min"),
                metric.decimal("maxRatioToBaseline"),
                metric.duration("interval").orElse(Metric.DEFAULT_INTERVAL),
                metric.integer("minSamples").orElse(Metric.DEFAULT_MIN_SAMPLES),
                metric.word("noData", NoData.values()).orElse(NoData.INCONCLUSIVE),
                metric.flag("dryRun"));
    }

    private static Webhook webhook(Settings webhook) {
        return new Webhook(
                webhook.text("url").orElseThrow(),
                webhook.duration("timeout").orElse(Webhook.DEFAULT_TIMEOUT));
    }

    private static DenyWindow window(Settings window) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        window.texts("days").forEach(word -> days.add(Weekdays.day(word)));
        return new DenyWindow(
                days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days,
                time(window.text("from").orElseThrow()),
                time(window.text("to").orElseThrow()),
                ZoneId.of(window.text("zone").orElseThrow()));
    }

    /** The end of a day is the midnight that follows. */
    private static LocalTime time(String text) {
        return text.equals(Weekdays.END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }
}
