package dev.trellis.manifest.schema;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.rollout.GlobalChanges;
import dev.trellis.manifest.rollout.Initial;
import dev.trellis.manifest.rollout.NoData;
import dev.trellis.manifest.rollout.OnExpire;
import dev.trellis.manifest.rollout.OnFailure;
import dev.trellis.manifest.rollout.OnShort;
import dev.trellis.manifest.rollout.Remainder;
import dev.trellis.manifest.rollout.Strategy;
import dev.trellis.manifest.rollout.Supersede;
import dev.trellis.manifest.rollout.Weekdays;
import dev.trellis.manifest.schema.Shape.Decimal;
import dev.trellis.manifest.schema.Shape.Field;
import dev.trellis.manifest.schema.Shape.Flag;
import dev.trellis.manifest.schema.Shape.Length;
import dev.trellis.manifest.schema.Shape.ListOf;
import dev.trellis.manifest.schema.Shape.Obj;
import dev.trellis.manifest.schema.Shape.Share;
import dev.trellis.manifest.schema.Shape.Text;
import dev.trellis.manifest.schema.Shape.Whole;
import dev.trellis.manifest.schema.Shape.Word;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Properties of the rollout policy. */
public final class RolloutShape {

    /** Stages of one policy. */
    public static final int STAGES = 32;

    private static final Pattern STAGE_NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern END_TIME =
            Pattern.compile(Weekdays.TIME.pattern() + "|" + Weekdays.END_OF_DAY);
    private static final int METRICS = 32;
    private static final int QUERY = 8_192;
    private static final int ZONE = 64;

    private static final Text URL =
            Text.of(
                    "a text such as http://host:9090/path, without user and password",
                    2_048,
                    TermShapes.URL,
                    "");

    private static final Obj APPROVAL =
            Obj.strict(
                            "Approval",
                            "an approval with expires and onExpire",
                            Field.optional(
                                    "expires",
                                    new Length(true),
                                    "24h",
                                    "How long it is waited for, from the entry into the gate."),
                            Field.optional(
                                    "onExpire",
                                    Word.of(OnExpire.values()),
                                    "pause",
                                    "What happens when nobody has approved in time."))
                    .withLater("minApprovers", "notBy");

    private static final Obj METRIC =
            Obj.strict(
                    "Metric",
                    "a metric with name, url, query and max, min or maxRatioToBaseline",
                    Field.required(
                            "name",
                            Text.of("a text, the name of the metric", Limits.NAME),
                            "Unique in its gate."),
                    Field.required("url", URL, "The Prometheus that is asked."),
                    Field.required(
                            "query",
                            Text.of("a text, a query in PromQL", QUERY),
                            "PromQL; {{ref}} stands for the reference that is judged."),
                    Field.optional("max", new Decimal(), "An answer above it fails."),
                    Field.optional("min", new Decimal(), "An answer below it fails."),
                    Field.optional(
                            "maxRatioToBaseline",
                            new Decimal(),
                            "An answer above this many times that for stable fails."),
                    Field.optional("interval", new Length(true), "1m", "Time between two queries."),
                    Field.optional(
                            "minSamples",
                            new Whole(1, 10_000),
                            "1",
                            "Answers before there is a verdict."),
                    Field.optional(
                            "noData",
                            Word.of(NoData.values()),
                            "inconclusive",
                            "What an answer without data means."),
                    Field.optional(
                            "dryRun", new Flag(), "false", "Only recorded, never a verdict."));

    private static final Obj WEBHOOK =
            Obj.strict(
                    "Webhook",
                    "a webhook with url and timeout",
                    Field.required("url", URL, "The service that is asked for a verdict."),
                    Field.optional(
                            "timeout", new Length(true), "10s", "How long one request may take."));

    private static final Obj GATE =
            Obj.strict(
                    "Gate",
                    "a gate with approval, metrics or webhook",
                    Field.optional("approval", APPROVAL, "A person has to agree."),
                    Field.optional(
                            "metrics",
                            new ListOf("a list of metrics", METRIC, 0, METRICS),
                            "Queries whose answers have to stay within bounds."),
                    Field.optional("webhook", WEBHOOK, "A service that has to agree."));

    private static final Obj STAGE =
            Obj.strict(
                            "Stage",
                            "a stage with a name",
                            Field.required(
                                    "name",
                                    Text.of(
                                            "a text, 1 to 40 of a-z, 0-9 and -",
                                            Limits.NAME,
                                            STAGE_NAME,
                                            ""),
                                    "Unique in the policy."),
                            Field.optional(
                                    "selector",
                                    TermShapes.SELECTOR,
                                    "The hosts that it is about, by their labels; {} is every"
                                            + " host."),
                            Field.optional(
                                    "upTo",
                                    new Share(1, Limits.INSTANCES),
                                    "100%",
                                    "So many of the selector's hosts are on the candidate after"
                                            + " this stage, those of earlier stages included."),
                            Field.optional(
                                    "maxParallel",
                                    new Share(1, Limits.INSTANCES),
                                    "Hosts that may be changing at once; 1 in the first stage,"
                                            + " else 25%."),
                            Field.optional(
                                    "bakeTime",
                                    new Length(false),
                                    "5m",
                                    "Observed time for each wave."),
                            Field.optional("gate", GATE, "What has to pass before the next stage."),
                            Field.optional(
                                    "maxFailures",
                                    new Share(0, Limits.INSTANCES),
                                    "0",
                                    "Hosts that may be bad and be excused."),
                            Field.optional(
                                    "minHosts",
                                    new Whole(0, Limits.INSTANCES),
                                    "Fewer that match are short; 1 in the first stage, else 0."),
                            Field.optional(
                                    "onShort",
                                    Word.of(OnShort.values()),
                                    "What happens then; fail in the first stage, else skip."),
                            Field.optional(
                                    "maxUnproven",
                                    new Share(1, Limits.INSTANCES),
                                    "A tighter cap than the policy's."),
                            Field.optional(
                                    "maxUnavailable",
                                    new Share(0, Limits.INSTANCES),
                                    "A tighter budget than the policy's."))
                    .withLater("order", "refill", "stagePlacement", "ref");

    private static final Obj ROLLBACK =
            Obj.strict(
                    "Rollback",
                    "with maxParallel",
                    Field.optional(
                            "maxParallel",
                            new Share(1, Limits.INSTANCES),
                            "100%",
                            "Hosts that go back at once."));

    private static final Obj WINDOW =
            Obj.strict(
                    "DenyWindow",
                    "a window with days, from, to and zone",
                    Field.optional(
                            "days",
                            new ListOf(
                                    "a list of days from Mon to Sun",
                                    new Word(Weekdays.WORDS, List.of()),
                                    1,
                                    7),
                            "Days on which it begins; every day if absent."),
                    Field.required(
                            "from",
                            Text.of("a text, a time such as 09:00", 5, Weekdays.TIME, "02:00"),
                            "Local time at which it begins."),
                    Field.required(
                            "to",
                            Text.of("a text, a time such as 17:30, or 24:00", 5, END_TIME, "01:00"),
                            "Local time at which it ends; an earlier one is on the next day."),
                    Field.required(
                            "zone",
                            new Text(
                                    "a text, a time zone such as Europe/Berlin or UTC",
                                    ZONE,
                                    Optional.empty(),
                                    RolloutShape::zone,
                                    "UTC"),
                            "Time zone of the local times."));

    /** The properties as a whole. */
    public static final Obj PROPERTIES =
            Obj.strict(
                            "Rollout",
                            "the settings of a rollout",
                            Field.optional(
                                    "components",
                                    new ListOf(
                                            "a list of component names",
                                            TermShapes.COMPONENT,
                                            1,
                                            Limits.COMPONENTS),
                                    "The components covered; all that run an image if absent."),
                            Field.optional(
                                    "stages",
                                    new ListOf("a list of stages", STAGE, 1, STAGES),
                                    "The stages in order; one of all covered hosts if absent."),
                            Field.optional(
                                    "remainder",
                                    Word.of(Remainder.values()),
                                    "append",
                                    "What becomes of hosts that are in no stage."),
                            Field.optional(
                                    "maxUnproven",
                                    new Share(1, Limits.INSTANCES),
                                    "25%",
                                    "Cap on the covered hosts that run the candidate unproven."),
                            Field.optional(
                                    "maxUnavailable",
                                    new Share(0, Limits.INSTANCES),
                                    "10%",
                                    "Covered hosts that may be not serving or in transition at"
                                            + " once."),
                            Field.optional(
                                    "gateDeadline",
                                    new Length(true),
                                    "24h",
                                    "How long a gate may stay inconclusive."),
                            Field.optional(
                                    "healthyTime",
                                    new Length(false),
                                    "10s",
                                    "How long a host must be good to count."),
                            Field.optional(
                                    "healthyDeadline",
                                    new Length(true),
                                    "5m",
                                    "How long a host may take before it is bad."),
                            Field.optional(
                                    "progressDeadline",
                                    new Length(true),
                                    "15m",
                                    "How long no host may become newly healthy."),
                            Field.optional(
                                    "lostTolerance",
                                    new Share(0, Limits.INSTANCES),
                                    "1",
                                    "Lost candidate hosts of a stage that are borne."),
                            Field.optional(
                                    "onFailure",
                                    Word.of(OnFailure.values()),
                                    "rollback",
                                    "What a failure does."),
                            Field.optional("rollback", ROLLBACK, "How it goes back."),
                            Field.optional(
                                    "supersede",
                                    Word.of(Supersede.values(), "queue"),
                                    "replace",
                                    "What a new version does while another is rolling."),
                            Field.optional(
                                    "initial",
                                    Word.of(Initial.values()),
                                    "skip",
                                    "What is done while there is no stable version."),
                            Field.optional(
                                    "strategy",
                                    Word.of(Strategy.values(), "ref"),
                                    "recreate",
                                    "How one host changes version."),
                            Field.optional(
                                    "windows",
                                    new ListOf(
                                            "a list of windows, each with days, from, to and zone",
                                            WINDOW,
                                            0,
                                            TermShapes.ENTRIES),
                                    "Times at which nothing new begins."),
                            Field.optional(
                                    "globalChanges",
                                    Word.of(GlobalChanges.values()),
                                    "refuse",
                                    "When changes are made that cannot be staged."))
                    .withLater("ref", "refill", "stagePlacement", "order", "componentId")
                    .withStringForm();

    private RolloutShape() {}

    private static boolean zone(String id) {
        try {
            return !ZoneId.of(id).getId().isEmpty();
        } catch (DateTimeException none) {
            return false;
        }
    }
}
