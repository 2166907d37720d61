package dev.trellis.manifest.placement;

import dev.trellis.manifest.terms.MatchExpression;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Bounds on one spread of a scaler.
 *
 * @param min instances that it gets first; 0 asks for none
 * @param max instances that it never exceeds; empty is no bound
 * @param matchExpressions conditions on hosts besides the spread's {@code requirements}
 */
public record SpreadBounds(int min, OptionalInt max, List<MatchExpression> matchExpressions) {

    /** No bounds at all. */
    public static final SpreadBounds NONE = new SpreadBounds(0, OptionalInt.empty(), List.of());

    public SpreadBounds {
        matchExpressions = List.copyOf(matchExpressions);
    }

    /** Whether a host with these labels meets the conditions. */
    public boolean matches(Map<String, String> labels) {
        return matchExpressions.stream().allMatch(expression -> expression.matches(labels));
    }
}
