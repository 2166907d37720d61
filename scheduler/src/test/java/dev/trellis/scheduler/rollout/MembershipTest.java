package dev.trellis.scheduler.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Edge cases of hosts that join, leave, return or change: which revision is theirs. */
final class MembershipTest {
    private static final String SHARE =
            """
            {'stages': [
              {'name': 'half', 'selector': {'matchLabels': {'region': 'eu'}}, 'upTo': '50%%',
               'bakeTime': '5s', 'maxParallel': '100%%'},
              {'name': 'eu', 'selector': {'matchLabels': {'region': 'eu'}}, 'bakeTime': '5s',
               'maxParallel': '100%%' %s},
              {'name': 'rest', 'bakeTime': '5s', 'maxParallel': '100%%'}],
             'maxUnproven': '100%%', 'maxUnavailable': '100%%', 'healthyTime': '0s'}
            """;

    private static String share() {
        return SHARE.formatted("");
    }

    private static String approvedEu() {
        return SHARE.formatted(", 'gate': {'approval': {}}");
    }

    @Test
    void aHostThatJoinsAStageNotYetReachedRunsStableAndIsClaimedLater() {
        var bench = Bench.of(Bench.THREE_STAGES).hosts(6);
        bench.runUntil(StageState.BAKE);
        bench.join("late", "prod", "eu");
        bench.turn();
        assertThat(bench.target("late")).isEqualTo(Target.STABLE);
        bench.runUntilStage(1);
        assertThat(bench.member("late")).isEqualTo(new Member(1, Role.CLAIMED));
    }

    @Test
    void aHostThatJoinsAFinishedFullStageRunsTheCandidateAtOnceAndIsInNoWave() {
        var bench = Bench.of(approvedEu()).hosts(6).approve(1);
        bench.runUntilStage(2);
        bench.join("late", "prod", "eu");
        bench.turn();
        assertThat(bench.member("late")).isEqualTo(new Member(1, Role.PROVEN));
        assertThat(bench.target("late")).isEqualTo(Target.CANDIDATE);
    }

    @Test
    void aJoinerOfAFinishedStageThatIsBadFailsTheRollout() {
        var bench = Bench.of(approvedEu()).hosts(6).approve(1);
        bench.runUntilStage(2);
        bench.join("late", "prod", "eu").bad = true;
        bench.turn();
        assertThat(bench.record.reason()).isEqualTo(Reasons.MAX_FAILURES);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.ROLLING_BACK);
    }

    @Test
    void aHostThatMatchesOnlyAFinishedShareRunsStableUntilALaterStageClaimsIt() {
        var bench = Bench.of(approvedEu()).hosts(8);
        bench.runUntilStage(0);
        int quota = bench.record.members().size();
        bench.runUntil(StageState.BAKE);
        bench.join("late", "prod", "eu");
        bench.turn();
        assertThat(bench.member("late")).isNull();
        assertThat(bench.target("late")).isEqualTo(Target.STABLE);
        assertThat(bench.record.members().size()).isEqualTo(quota);
        bench.runUntilStage(1);
        assertThat(bench.member("late")).isNotNull();
    }

    @Test
    void aHostThatJoinsItsStageAtTheGateBakesFirst() {
        var bench = Bench.of(approvedEu()).hosts(6);
        bench.runUntilStage(1);
        bench.runUntil(StageState.GATE);
        bench.join("late", "prod", "eu");
        bench.turn();
        assertThat(bench.record.state()).isEqualTo(StageState.UPDATE);
        assertThat(bench.member("late")).isEqualTo(new Member(1, Role.WAVE));
        bench.approve(1);
        bench.run(4);
        assertThat(bench.record.stage()).isEqualTo(1);
        bench.runUntilStage(2);
        assertThat(bench.member("late")).isEqualTo(new Member(1, Role.PROVEN));
    }

    @Test
    void aHostThatJoinsItsStageInTheBakeIsBakedToo() {
        var bench = Bench.of(approvedEu()).hosts(6).approve(1);
        bench.runUntilStage(1);
        bench.runUntil(StageState.BAKE);
        bench.join("late", "prod", "eu");
        bench.run(6);
        assertThat(bench.record.stage()).isEqualTo(1);
        bench.runUntilStage(2);
        assertThat(bench.member("late")).isEqualTo(new Member(1, Role.PROVEN));
    }

    @Test
    void aHostOfAFirstDeployByStagesRunsNothingUntilItsStage() {
        var bench =
                Bench.first(
                                Bench.THREE_STAGES.replace(
                                        "'maxUnproven'", "'initial': 'staged', 'maxUnproven'"))
                        .hosts(6);
        bench.runUntil(StageState.BAKE);
        assertThat(bench.on(HostSeen.On.CANDIDATE)).isEqualTo(1);
        bench.join("late", "prod", "us");
        bench.turn();
        assertThat(bench.target("late")).isEqualTo(Target.NOTHING);
        bench.runUntil(RolloutPhase.SUCCEEDED);
        assertThat(bench.on(HostSeen.On.CANDIDATE)).isEqualTo(7);
    }

    @Test
    void aFirstDeployThatSkipsTheStagesStartsAllHostsAtOnce() {
        var bench = Bench.first(Bench.THREE_STAGES).hosts(6);
        bench.run(2);
        assertThat(bench.on(HostSeen.On.CANDIDATE)).isEqualTo(6);
        bench.runUntil(RolloutPhase.SUCCEEDED);
        assertThat(bench.lastGood).isTrue();
    }

    @Test
    void aHostLostInAFinishedStageCountsAndNothingBakesAnew() {
        var bench = Bench.of(Bench.THREE_STAGES).hosts(6);
        bench.runUntilStage(1);
        var canary =
                bench.hosts.keySet().stream()
                        .filter(h ->
                                bench.record
                                        .members()
                                        .of(h)
                                        .filter(m -> m.stage() == 0)
                                        .isPresent())
                        .findFirst()
                        .orElseThrow();
        bench.lose(canary.value());
        bench.turn();
        assertThat(bench.record.stage()).isEqualTo(1);
        assertThat(bench.record.stages().get(1).lost()).isEqualTo(1);
        assertThat(bench.record.stages().getFirst().mark()).isEqualTo(StageProgress.Mark.DONE);
        bench.runUntil(RolloutPhase.SUCCEEDED);
    }

    @Test
    void moreLostCandidateHostsThanToleratedAreACorrelatedLoss() {
        var bench = Bench.of(approvedEu()).hosts(8);
        bench.runUntilStage(1);
        bench.runUntil(StageState.BAKE);
        bench.lose("N1");
        bench.turn();
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.PROGRESSING);
        bench.lose("N3");
        bench.turn();
        assertThat(bench.record.reason()).isEqualTo(Reasons.CORRELATED_LOSS);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.ROLLING_BACK);
    }

    @Test
    void aLostHostThatReturnsIsTakenAsItIsAndItsLossStays() {
        var bench = Bench.of(share()).hosts(8);
        bench.runUntilStage(2);
        bench.lose("N1");
        bench.turn();
        bench.host("N1", "prod", "eu").on = HostSeen.On.CANDIDATE;
        bench.turn();
        assertThat(bench.member("N1")).isEqualTo(new Member(1, Role.PROVEN));
        assertThat(bench.record.stages().get(2).lost()).isEqualTo(1);
        bench.run(3);
        assertThat(bench.get("N1").on).as("not started anew").isEqualTo(HostSeen.On.CANDIDATE);
    }

    @Test
    void aHostThatFallsSilentAndAnswersAgainResetsTheClockAndIsNotLost() {
        var bench = Bench.of(approvedEu()).hosts(6);
        bench.runUntilStage(1);
        bench.runUntil(StageState.BAKE);
        bench.run(3);
        var silent =
                bench.hosts.entrySet().stream()
                        .filter(h ->
                                new Member(1, Role.WAVE).equals(bench.member(h.getKey().value())))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
        silent.ill = true;
        bench.turn();
        assertThat(bench.bake()).isZero();
        assertThat(bench.record.stages().get(1).lost()).isZero();
        silent.ill = false;
        bench.runUntil(StageState.GATE);
    }

    @Test
    void aStageThatVanishesWhileItUpdatesDoesWhatOnShortSays() {
        for (var onShort : new String[] {"wait", "fail", "skip"}) {
            var bench =
                    Bench.of(
                            Bench.THREE_STAGES.replace(
                                    "'upTo': 1,", "'minHosts': 1, 'onShort': '" + onShort + "',"));
            bench.hosts(2);
            bench.runUntilStage(0);
            bench.lose("N1");
            bench.turn();
            switch (onShort) {
                case "wait" -> {
                    assertThat(bench.record.reason()).isEqualTo(Reasons.WAITING_FOR_HOSTS);
                    bench.join("N9", "canary", "us");
                    bench.turn();
                    assertThat(bench.member("N9")).isEqualTo(new Member(0, Role.WAVE));
                }
                case "fail" -> assertThat(bench.record.reason()).isEqualTo(Reasons.STAGE_SHORT);
                default -> assertThat(bench.wasSaid("StageSkipped")).isTrue();
            }
        }
    }

    @Test
    void theHostsOfASkippedStageRunStableUntilALaterStageClaimsThem() {
        var bench =
                Bench.of(
                                Bench.THREE_STAGES.replace(
                                        "'upTo': 1,", "'minHosts': 5, 'onShort': 'skip',"))
                        .hosts(6);
        bench.runUntilStage(1);
        assertThat(bench.record.stages().getFirst().mark()).isEqualTo(StageProgress.Mark.SKIPPED);
        assertThat(bench.member("N4")).as("a canary of the us").isNull();
        assertThat(bench.target("N4")).isEqualTo(Target.STABLE);
        bench.turn();
        assertThat(bench.target("N4")).isEqualTo(Target.STABLE);
        bench.runUntilStage(2);
        assertThat(bench.member("N4")).isNotNull();
    }

    @Test
    void whereStagesOverlapTheFirstMatchWins() {
        var bench = Bench.of(share()).hosts(8);
        bench.runUntilStage(2);
        assertThat(bench.record.members().size()).isEqualTo(8);
        for (int i = 1; i <= 8; i++) {
            var stage = Objects.requireNonNull(bench.member("N" + i)).stage();
            assertThat(stage == 2).isEqualTo(i % 2 == 0);
        }
    }

    @Test
    void aHostInNoStageIsAppendedExcludedOrRefused() {
        var some =
                """
                {'stages': [{'name': 'eu', 'selector': {'matchLabels': {'region': 'eu'}},
                             'bakeTime': '0s'}],
                 'remainder': '%s', 'healthyTime': '0s'}
                """;
        var appended = Bench.of(some.formatted("append")).hosts(4);
        appended.run(600);
        assertThat(appended.record.plan()).hasSize(2);
        assertThat(appended.on(HostSeen.On.CANDIDATE)).isGreaterThan(2);

        var excluded = Bench.of(some.formatted("exclude")).hosts(4);
        excluded.runUntil(RolloutPhase.SUCCEEDED);
        excluded.run(8);
        assertThat(excluded.on(HostSeen.On.CANDIDATE)).isEqualTo(2);
        assertThat(excluded.on(HostSeen.On.STABLE)).isEqualTo(2);

        var refused = Bench.of(some.formatted("fail")).hosts(4);
        refused.run(3);
        assertThat(refused.record.reason()).isEqualTo(Reasons.IMPOSSIBLE);
        assertThat(refused.record.message()).contains("2 of 4 covered hosts match no stage");
    }

    @Test
    void aReplacementForACandidateHostRunsItsOwnTarget() {
        var bench = Bench.of(Bench.THREE_STAGES).hosts(6);
        bench.runUntil(StageState.BAKE);
        bench.join("N9", "prod", "us");
        bench.turn();
        assertThat(bench.target("N9")).isEqualTo(Target.STABLE);
    }

    @Test
    void labelsThatChangeCountAtTheNextClaimAndMoveNoMember() {
        var bench = Bench.of(Bench.THREE_STAGES).hosts(6);
        bench.runUntil(StageState.BAKE);
        var canary =
                bench.hosts.entrySet().stream()
                        .filter(h -> h.getValue().on == HostSeen.On.CANDIDATE)
                        .findFirst()
                        .orElseThrow();
        canary.getValue().labels.put("ring", "prod");
        bench.get("N2").labels.put("region", "eu");
        bench.turn();
        assertThat(bench.target(canary.getKey().value())).isEqualTo(Target.CANDIDATE);
        bench.runUntilStage(1);
        assertThat(bench.member("N2")).isNotNull();
    }
}
