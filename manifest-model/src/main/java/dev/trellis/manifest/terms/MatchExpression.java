package dev.trellis.manifest.terms;

import java.util.List;
import java.util.Map;

/**
 * One condition on a label, as in Kubernetes.
 *
 * @param values those compared with; empty for {@link Operator#EXISTS} and {@link
 *     Operator#DOES_NOT_EXIST}
 */
public record MatchExpression(String key, Operator operator, List<String> values) {

    /** How a label is compared. */
    public enum Operator implements Worded {
        /** The label is there with one of the values. */
        IN("In"),
        /** The label has none of the values; also when it is not there. */
        NOT_IN("NotIn"),
        /** The label is there, whatever its value. */
        EXISTS("Exists"),
        /** The label is not there. */
        DOES_NOT_EXIST("DoesNotExist");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }

        /** Whether it compares with values at all. */
        public boolean takesValues() {
            return this == IN || this == NOT_IN;
        }
    }

    public MatchExpression {
        values = List.copyOf(values);
    }

    /** Whether a host with these labels meets the condition. */
    public boolean matches(Map<String, String> labels) {
        var value = labels.get(key);
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
        };
    }

    /** For people: {@code tier NotIn [spot]}. */
    public String spelled() {
        return key + " " + operator.word() + (operator.takesValues() ? " " + values : "");
    }
}
