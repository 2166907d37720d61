package dev.trellis.manifest.check;

import dev.trellis.manifest.terms.MatchExpression;
import java.util.List;

/** Conditions on labels: those that compare need values, the others take none. */
final class Expressions {

    private Expressions() {}

    /** Checks those under {@code matchExpressions} of the object at {@code path}. */
    static void check(String path, List<MatchExpression> expressions, Findings findings) {
        for (int k = 0; k < expressions.size(); k++) {
            var expression = expressions.get(k);
            var at = Paths.item(path + ".matchExpressions", k);
            boolean compares = expression.operator().takesValues();
            var word = expression.operator().word();
            if (expression.key().isEmpty()) {
                continue;
            }
            if (compares && expression.values().isEmpty()) {
                findings.error(
                        at + ".values",
                        Rule.MISSING_FIELD,
                        word + " compares with values and there are none; add some");
            } else if (!compares && !expression.values().isEmpty()) {
                findings.error(
                        at + ".values",
                        Rule.CONFLICT,
                        word + " looks at the label alone; remove the values, or use In");
            }
        }
    }
}
