package dev.trellis.manifest.terms;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which hosts are meant, by their labels; all conditions must hold.
 *
 * @param matchLabels labels with the values that they must have
 */
public record Selector(
        SortedMap<String, String> matchLabels, List<MatchExpression> matchExpressions) {

    /** Selects every host. */
    public static final Selector EVERY = new Selector(new TreeMap<>(), List.of());

    public Selector {
        matchLabels = Collections.unmodifiableSortedMap(new TreeMap<>(matchLabels));
        matchExpressions = List.copyOf(matchExpressions);
    }

    /** Whether a host with these labels is meant. */
    public boolean matches(Map<String, String> labels) {
        return matchLabels.entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && matchExpressions.stream().allMatch(expression -> expression.matches(labels));
    }
}
