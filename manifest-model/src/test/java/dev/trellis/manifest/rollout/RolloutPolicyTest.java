package dev.trellis.manifest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.manifest.terms.Selector;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RolloutPolicyTest {

    @Test
    void aPolicyThatSaysNothingIsOneStageOfAllHosts() {
        var policy = RolloutPolicy.DEFAULT;
        var stage = policy.stages().getFirst();

        assertThat(policy.stages()).hasSize(1);
        assertThat(stage.selector()).isEqualTo(Selector.EVERY);
        assertThat(stage.upTo()).isEqualTo(Amount.all());
        assertThat(stage.maxParallel()).isEqualTo(new Amount.Percent(25));
        assertThat(policy.components()).isEmpty();
        assertThat(policy.remainder()).isEqualTo(Remainder.APPEND);
        assertThat(policy.maxUnproven()).isEqualTo(new Amount.Percent(25));
        assertThat(policy.maxUnavailable()).isEqualTo(new Amount.Percent(10));
        assertThat(policy.gateDeadline()).isEqualTo(Duration.ofHours(24));
        assertThat(policy.healthyTime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.healthyDeadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.progressDeadline()).isEqualTo(Duration.ofMinutes(15));
        assertThat(policy.lostTolerance()).isEqualTo(new Amount.Count(1));
        assertThat(policy.onFailure()).isEqualTo(OnFailure.ROLLBACK);
        assertThat(policy.rollbackMaxParallel()).isEqualTo(Amount.all());
        assertThat(policy.supersede()).isEqualTo(Supersede.REPLACE);
        assertThat(policy.initial()).isEqualTo(Initial.SKIP);
        assertThat(policy.strategy()).isEqualTo(Strategy.RECREATE);
        assertThat(policy.windows()).isEmpty();
        assertThat(policy.globalChanges()).isEqualTo(GlobalChanges.REFUSE);
    }

    @Test
    void theFirstStageIsMoreCarefulThanTheOthers() throws Exception {
        var stages = policy("stages: [ { name: a }, { name: b } ]").stages();

        assertThat(stages.get(0).maxParallel()).isEqualTo(new Amount.Count(1));
        assertThat(stages.get(0).minHosts()).isEqualTo(1);
        assertThat(stages.get(0).onShort()).isEqualTo(OnShort.FAIL);
        assertThat(stages.get(1).maxParallel()).isEqualTo(new Amount.Percent(25));
        assertThat(stages.get(1).minHosts()).isZero();
        assertThat(stages.get(1).onShort()).isEqualTo(OnShort.SKIP);
        assertThat(stages)
                .allSatisfy(stage -> {
                    assertThat(stage.bakeTime()).isEqualTo(Duration.ofMinutes(5));
                    assertThat(stage.maxFailures()).isEqualTo(Amount.none());
                    assertThat(stage.gate().automatic()).isTrue();
                });
    }

    @Test
    void everyFieldOfAPolicyIsRead() throws Exception {
        var policy =
                policy(
                        """
                        components: [ api ]
                        stages: [ { name: one } ]
                        remainder: exclude
                        maxUnproven: 2
                        maxUnavailable: 0
                        gateDeadline: 1h
                        healthyTime: 20s
                        healthyDeadline: 6m
                        progressDeadline: 16m
                        lostTolerance: 5%
                        onFailure: halt
                        rollback: { maxParallel: 50% }
                        supersede: reject
                        initial: staged
                        strategy: surge
                        windows: [ { days: [ Fri, Sat ], from: "12:00", to: "24:00", zone: Europe/Berlin } ]
                        globalChanges: afterLastStage
                        """);

        assertThat(policy.components()).containsExactly("api");
        assertThat(policy.remainder()).isEqualTo(Remainder.EXCLUDE);
        assertThat(policy.maxUnproven()).isEqualTo(new Amount.Count(2));
        assertThat(policy.maxUnavailable().zero()).isTrue();
        assertThat(policy.gateDeadline()).isEqualTo(Duration.ofHours(1));
        assertThat(policy.healthyTime()).isEqualTo(Duration.ofSeconds(20));
        assertThat(policy.healthyDeadline()).isEqualTo(Duration.ofMinutes(6));
        assertThat(policy.progressDeadline()).isEqualTo(Duration.ofMinutes(16));
        assertThat(policy.lostTolerance()).isEqualTo(new Amount.Percent(5));
        assertThat(policy.onFailure()).isEqualTo(OnFailure.HALT);
        assertThat(policy.rollbackMaxParallel()).isEqualTo(new Amount.Percent(50));
        assertThat(policy.supersede()).isEqualTo(Supersede.REJECT);
        assertThat(policy.initial()).isEqualTo(Initial.STAGED);
        assertThat(policy.strategy()).isEqualTo(Strategy.SURGE);
        assertThat(policy.windows())
                .containsExactly(
                        new DenyWindow(
                                Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
                                LocalTime.NOON,
                                LocalTime.MIDNIGHT,
                                ZoneId.of("Europe/Berlin")));
        assertThat(policy.globalChanges()).isEqualTo(GlobalChanges.AFTER_LAST_STAGE);
    }

    @Test
    void everyFieldOfAStageIsRead() throws Exception {
        var stage =
                policy(
                                """
                                stages:
                                  - name: eu-10
                                    selector: { matchLabels: { region: eu } }
                                    upTo: 10%
                                    maxParallel: 3
                                    bakeTime: 30m
                                    gate:
                                      approval: { expires: 2h, onExpire: rollback }
                                      metrics:
                                        - name: errors
                                          url: http://prom:9090
                                          query: q
                                          max: 0.05
                                          min: 1
                                          maxRatioToBaseline: 1.5
                                          interval: 2m
                                          minSamples: 10
                                          noData: fail
                                          dryRun: true
                                      webhook: { url: https://hook, timeout: 3s }
                                    maxFailures: 1%
                                    minHosts: 4
                                    onShort: wait
                                    maxUnproven: 5%
                                    maxUnavailable: 1
                                """)
                        .stages()
                        .getFirst();

        assertThat(stage)
                .isEqualTo(
                        new Stage(
                                "eu-10",
                                new Selector(new TreeMap<>(Map.of("region", "eu")), List.of()),
                                new Amount.Percent(10),
                                new Amount.Count(3),
                                Duration.ofMinutes(30),
                                new Gate(
                                        Optional.of(
                                                new Approval(
                                                        Duration.ofHours(2), OnExpire.ROLLBACK)),
                                        List.of(
                                                new Metric(
                                                        "errors",
                                                        "http://prom:9090",
                                                        "q",
                                                        OptionalDouble.of(0.05),
                                                        OptionalDouble.of(1),
                                                        OptionalDouble.of(1.5),
                                                        Duration.ofMinutes(2),
                                                        10,
                                                        NoData.FAIL,
                                                        true)),
                                        Optional.of(
                                                new Webhook(
                                                        "https://hook", Duration.ofSeconds(3)))),
                                new Amount.Percent(1),
                                4,
                                OnShort.WAIT,
                                Optional.of(new Amount.Percent(5)),
                                Optional.of(new Amount.Count(1))));
    }

    @Test
    void theRemainderIsAStageOfItsOwnOnlyWhenItIsAppended() throws Exception {
        assertThat(RolloutPolicy.DEFAULT.allStages())
                .extracting(Stage::name)
                .containsExactly("all", "remainder");
        assertThat(policy("remainder: fail").allStages()).hasSize(1);
    }

    @Test
    void aStageTightensALimitOfThePolicyAndNeverLoosensIt() throws Exception {
        var policy =
                policy(
                        """
                        maxUnproven: 10
                        maxUnavailable: 10%
                        stages:
                          - { name: tight, maxUnproven: 2, maxUnavailable: 1 }
                          - { name: loose, maxUnproven: 50%, maxUnavailable: 50 }
                          - { name: none }
                        """);
        var tight = policy.stages().get(0);
        var loose = policy.stages().get(1);
        var none = policy.stages().get(2);

        assertThat(policy.unprovenLimit(tight, 100)).isEqualTo(2);
        assertThat(policy.unprovenLimit(loose, 100)).isEqualTo(10);
        assertThat(policy.unprovenLimit(none, 100)).isEqualTo(10);
        assertThat(policy.unavailableLimit(tight, 101)).isEqualTo(1);
        assertThat(policy.unavailableLimit(loose, 101)).isEqualTo(11);
        assertThat(policy.unavailableLimit(none, 0)).isEqualTo(1);
    }

    @Test
    void noHostAtAllMayGoOnlyWhereTheTextSaysSo() throws Exception {
        var policy = policy("maxUnavailable: 0");

        assertThat(policy.unavailableLimit(policy.stages().getFirst(), 50)).isZero();
    }

    @Test
    void itNamesTheHostsThatItsGatesAsk() throws Exception {
        var policy =
                policy(
                        """
                        stages:
                          - name: a
                            gate:
                              metrics:
                                - { name: m, url: "http://Prom.example:9090/x", query: q, max: 1 }
                                - { name: n, url: "https://[2001:db8::1]:9090", query: q, max: 1 }
                              webhook: { url: "https://hook?to=http://other" }
                        """);

        assertThat(policy.gateHosts()).containsExactly("[2001:db8::1]", "hook", "prom.example");
        assertThat(RolloutPolicy.DEFAULT.gateHosts()).isEmpty();
    }

    private static RolloutPolicy policy(String text) throws Exception {
        JsonNode properties = new YAMLMapper().readTree(text);
        return RolloutPolicy.of(properties);
    }
}
