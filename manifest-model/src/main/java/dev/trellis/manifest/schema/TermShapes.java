package dev.trellis.manifest.schema;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.schema.Shape.Field;
import dev.trellis.manifest.schema.Shape.ListOf;
import dev.trellis.manifest.schema.Shape.MapOf;
import dev.trellis.manifest.schema.Shape.Obj;
import dev.trellis.manifest.schema.Shape.Text;
import dev.trellis.manifest.schema.Shape.Word;
import dev.trellis.manifest.schema.Shape.Written;
import dev.trellis.manifest.terms.MatchExpression;
import java.util.regex.Pattern;

/** Shapes of the terms that both placement and rollout are written in. */
final class TermShapes {

    /** Entries of one list or object of settings. */
    static final int ENTRIES = 256;

    static final Text LABEL = Text.of("a text, the name of a host label", Limits.NAME);

    static final Text COMPONENT = Text.of("a text, the name of a component", Limits.NAME);

    /** Plain HTTP or HTTPS, without user, password and spaces. */
    static final Pattern URL =
            Pattern.compile(
                    "https?://([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?"
                            + "([/?][!-~]*)?");

    static final Obj EXPRESSION =
            Obj.strict(
                    "MatchExpression",
                    "a condition with key, operator and values",
                    Field.required("key", LABEL, "Name of a host label."),
                    Field.required(
                            "operator",
                            Word.of(MatchExpression.Operator.values()),
                            "How the label is compared; NotIn also matches a host without it."),
                    Field.optional(
                            "values",
                            new ListOf("a list of texts", new Written(), 0, ENTRIES),
                            "What In and NotIn compare with."));

    static final MapOf LABELS = new MapOf("host labels and their values", new Written(), ENTRIES);

    static final Field MATCH_LABELS =
            Field.optional("matchLabels", LABELS, "Labels with the values that they must have.");

    static final Field MATCH_EXPRESSIONS =
            Field.optional(
                    "matchExpressions",
                    new ListOf("a list of conditions", EXPRESSION, 0, ENTRIES),
                    "Conditions that must all hold.");

    static final Obj SELECTOR =
            Obj.strict(
                    "Selector",
                    "a selector with matchLabels and matchExpressions",
                    MATCH_LABELS,
                    MATCH_EXPRESSIONS);

    private TermShapes() {}
}
