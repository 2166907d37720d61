package dev.trellis.manifest.terms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.terms.MatchExpression.Operator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    @ParameterizedTest
    @CsvSource({
        "IN, a, true",
        "IN, c, false",
        "IN, , false",
        "NOT_IN, a, false",
        "NOT_IN, c, true",
        "NOT_IN, , true",
        "EXISTS, c, true",
        "EXISTS, , false",
        "DOES_NOT_EXIST, c, false",
        "DOES_NOT_EXIST, , true",
    })
    void anExpressionComparesAsInKubernetes(Operator operator, String value, boolean matches) {
        var values = operator.takesValues() ? List.of("a", "b") : List.<String>of();
        var labels = value == null ? Map.<String, String>of() : Map.of("zone", value);

        assertThat(new MatchExpression("zone", operator, values).matches(labels))
                .isEqualTo(matches);
    }

    @Test
    void aSelectorWithoutConditionsSelectsEveryHost() {
        assertThat(Selector.EVERY.matches(Map.of())).isTrue();
    }

    @Test
    void everyConditionOfASelectorMustHold() {
        var selector =
                new Selector(
                        new TreeMap<>(Map.of("region", "eu")),
                        List.of(new MatchExpression("spot", Operator.DOES_NOT_EXIST, List.of())));

        assertThat(selector.matches(Map.of("region", "eu", "more", "x"))).isTrue();
        assertThat(selector.matches(Map.of("region", "us"))).isFalse();
        assertThat(selector.matches(Map.of("region", "eu", "spot", ""))).isFalse();
    }
}
