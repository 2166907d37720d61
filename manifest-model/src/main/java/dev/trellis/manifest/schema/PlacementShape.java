package dev.trellis.manifest.schema;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.placement.Apportion;
import dev.trellis.manifest.placement.RebalanceMode;
import dev.trellis.manifest.placement.Shortfall;
import dev.trellis.manifest.placement.SkewScope;
import dev.trellis.manifest.placement.WhenUnsatisfiable;
import dev.trellis.manifest.schema.Shape.Field;
import dev.trellis.manifest.schema.Shape.Length;
import dev.trellis.manifest.schema.Shape.ListOf;
import dev.trellis.manifest.schema.Shape.MapOf;
import dev.trellis.manifest.schema.Shape.Obj;
import dev.trellis.manifest.schema.Shape.Share;
import dev.trellis.manifest.schema.Shape.Text;
import dev.trellis.manifest.schema.Shape.Whole;
import dev.trellis.manifest.schema.Shape.Word;
import java.util.regex.Pattern;

/** Properties of the placement trait. */
public final class PlacementShape {

    /** A port that only one workload of a host can listen on. */
    public static final Pattern EXCLUSIVE =
            Pattern.compile(
                    "(tcp|udp)/(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}"
                            + "|[1-9][0-9]{0,3})");

    private static final Obj SPREAD =
            Obj.strict(
                    "SpreadBounds",
                    "bounds of a spread with min, max and matchExpressions",
                    Field.optional(
                            "min",
                            new Whole(0, Limits.INSTANCES),
                            "0",
                            "Instances that this spread gets before others get more."),
                    Field.optional(
                            "max",
                            new Whole(0, Limits.INSTANCES),
                            "Instances that this spread never exceeds."),
                    Field.optional(
                            "matchExpressions",
                            TermShapes.MATCH_EXPRESSIONS.shape(),
                            "Conditions on hosts besides the requirements of the spread."));

    private static final Obj PER_VALUE =
            Obj.strict(
                    "MaxPerValue",
                    "a bound with key and max",
                    Field.required("key", TermShapes.LABEL, "Name of a host label."),
                    Field.required(
                            "max",
                            new Whole(1, Limits.INSTANCES),
                            "Instances over all hosts with the same value of the label."));

    private static final Obj TOPOLOGY =
            Obj.strict(
                    "Topology",
                    "a bound on skew with key, maxSkew, whenUnsatisfiable and scope",
                    Field.required("key", TermShapes.LABEL, "Name of a host label."),
                    Field.optional(
                            "maxSkew",
                            new Whole(1, Limits.INSTANCES),
                            "1",
                            "Most that the largest may be above the smallest."),
                    Field.optional(
                            "whenUnsatisfiable",
                            Word.of(WhenUnsatisfiable.values()),
                            "hold",
                            "Whether an instance stays unplaced rather than break the bound."),
                    Field.optional(
                            "scope",
                            Word.of(SkewScope.values()),
                            "perSpread",
                            "What the skew is measured over."));

    private static final Obj REBALANCE =
            Obj.strict(
                    "Rebalance",
                    "mode, maxMoves and per",
                    Field.optional(
                            "mode",
                            Word.of(RebalanceMode.values()),
                            "onViolation",
                            "When instances are moved though nothing forces them to."),
                    Field.optional(
                            "maxMoves",
                            new Whole(0, Limits.INSTANCES),
                            "2",
                            "Moves within the time named by per."),
                    Field.optional("per", new Length(true), "10m", "The time for maxMoves."));

    private static final Obj PREFERENCE =
            Obj.strict(
                    "Preference",
                    "a preference with matchLabels, matchExpressions and weight",
                    TermShapes.MATCH_LABELS,
                    TermShapes.MATCH_EXPRESSIONS,
                    Field.optional(
                            "weight",
                            new Whole(0, Limits.WEIGHT),
                            "1",
                            "What a match adds to the score of a host."));

    /** The properties as a whole. */
    public static final Obj PROPERTIES =
            Obj.strict(
                            "Placement",
                            "the settings of a placement",
                            Field.optional(
                                    "apportion",
                                    Word.of(Apportion.values()),
                                    "webster",
                                    "How instances are divided among spreads; without the trait"
                                            + " wadm."),
                            Field.optional(
                                    "spreads",
                                    new MapOf(
                                            "bounds by the name of a spread",
                                            SPREAD,
                                            TermShapes.ENTRIES),
                                    "Bounds by the name of a spread; a scaler without spread has"
                                            + " one, default."),
                            Field.optional(
                                    "maxPerHost",
                                    new Whole(1, Limits.INSTANCES),
                                    "Instances of this component on one host."),
                            Field.optional(
                                    "maxPerValue",
                                    new ListOf(
                                            "a list of bounds, each with key and max",
                                            PER_VALUE,
                                            0,
                                            TermShapes.ENTRIES),
                                    "Bounds over all hosts with the same value of a label."),
                            Field.optional(
                                    "topology",
                                    new ListOf(
                                            "a list of bounds on skew, each with key",
                                            TOPOLOGY,
                                            0,
                                            TermShapes.ENTRIES),
                                    "Bounds on how unevenly instances lie over the values of a"
                                            + " label; the first also orders the hosts."),
                            Field.optional(
                                    "shortfall",
                                    Word.of(Shortfall.values()),
                                    "hold",
                                    "What becomes of instances that a spread cannot take."),
                            Field.optional(
                                    "rebalance",
                                    REBALANCE,
                                    "When voluntary moves are made, and how many in what time."),
                            Field.optional(
                                    "prefer",
                                    new ListOf(
                                            "a list of preferences",
                                            PREFERENCE,
                                            0,
                                            TermShapes.ENTRIES),
                                    "Scores that decide among hosts that are equal otherwise."),
                            Field.optional(
                                    "exclusive",
                                    new ListOf(
                                            "a list of ports such as tcp/8080",
                                            Text.of(
                                                    "a text, tcp/ or udp/ and a port from 1 to"
                                                            + " 65535",
                                                    Limits.NAME,
                                                    EXCLUSIVE,
                                                    ""),
                                            0,
                                            TermShapes.ENTRIES),
                                    "Ports that only one workload on a host can have."),
                            Field.optional(
                                    "colocateWith",
                                    new ListOf(
                                            "a list of component names",
                                            TermShapes.COMPONENT,
                                            0,
                                            TermShapes.ENTRIES),
                                    "For a provider: only on hosts that run one of these"
                                            + " components."),
                            Field.optional(
                                    "maxUnavailable",
                                    new Share(1, Limits.INSTANCES),
                                    "Hosts of the app that may be disturbed at once; shares round"
                                            + " down, at least 1."))
                    .withStringForm();

    private PlacementShape() {}
}
