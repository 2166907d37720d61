package dev.trellis.manifest.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.manifest.terms.MatchExpression;
import dev.trellis.manifest.terms.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlacementTest {

    @Test
    void everyFieldIsRead() throws Exception {
        var placement =
                Placement.of(
                        yaml(
                                """
                                apportion: wadm
                                spreads:
                                  eu: { min: 1, max: 6, matchExpressions: [ { key: tier, operator: NotIn, values: [ spot ] } ] }
                                  us: {}
                                maxPerHost: 4
                                maxPerValue: [ { key: zone, max: 6 } ]
                                topology: [ { key: zone }, { key: rack, maxSkew: 3, whenUnsatisfiable: anyway, scope: component } ]
                                shortfall: redistribute
                                rebalance: { mode: always, maxMoves: 7, per: 90s }
                                prefer: [ { matchLabels: { disk: ssd }, weight: 10 }, { matchExpressions: [ { key: a, operator: Exists } ] } ]
                                exclusive: [ "tcp/8080" ]
                                colocateWith: [ api ]
                                maxUnavailable: 25%
                                """));
        var notSpot = new MatchExpression("tier", MatchExpression.Operator.NOT_IN, List.of("spot"));

        assertThat(placement.apportion()).isEqualTo(Apportion.WADM);
        assertThat(placement.bounds("eu"))
                .isEqualTo(new SpreadBounds(1, OptionalInt.of(6), List.of(notSpot)));
        assertThat(placement.bounds("us")).isEqualTo(SpreadBounds.NONE);
        assertThat(placement.bounds("other")).isEqualTo(SpreadBounds.NONE);
        assertThat(placement.maxPerHost()).hasValue(4);
        assertThat(placement.maxPerValue()).containsExactly(new MaxPerValue("zone", 6));
        assertThat(placement.topology())
                .containsExactly(
                        new Topology("zone", 1, WhenUnsatisfiable.HOLD, SkewScope.PER_SPREAD),
                        new Topology("rack", 3, WhenUnsatisfiable.ANYWAY, SkewScope.COMPONENT));
        assertThat(placement.shortfall()).isEqualTo(Shortfall.REDISTRIBUTE);
        assertThat(placement.rebalance())
                .isEqualTo(new Rebalance(RebalanceMode.ALWAYS, 7, Duration.ofSeconds(90)));
        assertThat(placement.prefer())
                .containsExactly(
                        new Preference(
                                new Selector(new TreeMap<>(Map.of("disk", "ssd")), List.of()), 10),
                        new Preference(
                                new Selector(
                                        new TreeMap<>(),
                                        List.of(
                                                new MatchExpression(
                                                        "a",
                                                        MatchExpression.Operator.EXISTS,
                                                        List.of()))),
                                1));
        assertThat(placement.exclusive()).containsExactly("tcp/8080");
        assertThat(placement.colocateWith()).containsExactly("api");
        assertThat(placement.maxUnavailable()).contains(new Amount.Percent(25));
    }

    @Test
    void anEmptyTraitIsATraitWithTheDefaults() {
        assertThat(Placement.EMPTY.apportion()).isEqualTo(Apportion.WEBSTER);
        assertThat(Placement.EMPTY.maxPerHost()).isEmpty();
        assertThat(Placement.EMPTY.shortfall()).isEqualTo(Shortfall.HOLD);
        assertThat(Placement.EMPTY.rebalance())
                .isEqualTo(new Rebalance(RebalanceMode.ON_VIOLATION, 2, Duration.ofMinutes(10)));
        assertThat(Placement.EMPTY.maxUnavailable()).isEmpty();
    }

    @Test
    void withoutTheTraitInstancesAreDividedAsByWadm() {
        assertThat(Placement.ABSENT.apportion()).isEqualTo(Apportion.WADM);
        assertThat(Placement.ABSENT.rebalance()).isEqualTo(Rebalance.DEFAULT);
    }

    @Test
    void aRebalanceThatIsGivenInPartKeepsTheOtherDefaults() throws Exception {
        assertThat(Placement.of(yaml("rebalance: { mode: never }")).rebalance())
                .isEqualTo(new Rebalance(RebalanceMode.NEVER, 2, Duration.ofMinutes(10)));
    }

    @Test
    void whatNoReaderHasAcceptedIsAnError() throws Exception {
        var bad = yaml("maxUnavailable: much");

        assertThatThrownBy(() -> Placement.of(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxUnavailable");
    }

    private static JsonNode yaml(String text) throws Exception {
        return new YAMLMapper().readTree(text);
    }
}
