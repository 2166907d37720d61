package dev.trellis.scheduler.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.rollout.DenyWindow;
import dev.trellis.scheduler.observe.HostId;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How a rollout goes: stages, bake, gates, failures, windows, the way back. */
final class RolloutTest {
    private static Bench sixHosts() {
        return Bench.of(Bench.THREE_STAGES).hosts(6);
    }

    @Test
    void aGoodVersionGoesThroughItsStagesAndBecomesTheLastGoodOne() {
        var bench = sixHosts();
        bench.runUntil(RolloutPhase.SUCCEEDED);
        assertThat(bench.on(HostSeen.On.CANDIDATE)).isEqualTo(6);
        bench.turn();
        assertThat(bench.lastGood).isTrue();
        assertThat(bench.record.nextWakeAt()).isEmpty();
    }

    @Test
    void aBadVersionIsStoppedAtTheCanaryAndGoesBackByItself() {
        var bench = sixHosts();
        bench.candidateIsBad = true;
        bench.runUntil(RolloutPhase.ROLLED_BACK);
        assertThat(bench.record.stage()).isZero();
        assertThat(bench.on(HostSeen.On.STABLE)).isEqualTo(6);
        assertThat(bench.rejected).isTrue();
        assertThat(bench.deployed).as("the candidate is desired").isFalse();
    }

    @Test
    void withoutHostsOrBeforeTheLatticeIsSettledItIsPendingAndSaysWhy() {
        var bench = Bench.of(Bench.THREE_STAGES);
        bench.turn();
        assertThat(bench.record.reason()).isEqualTo(Reasons.NO_HOSTS);
        bench.clear = false;
        bench.hosts(6);
        bench.turn();
        assertThat(bench.record.reason()).isEqualTo(Reasons.NOT_SETTLED);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.PENDING);
        assertThat(bench.record.nextWakeAt()).isPresent();
        bench.clear = true;
        bench.prepared = false;
        bench.turn();
        assertThat(bench.record.reason()).isEqualTo(Reasons.PREPARING);
        bench.prepared = true;
        bench.turn();
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.PROGRESSING);
    }

    @Test
    void aShortFirstStageIsImpossibleWithTheNumbers() {
        var bench = Bench.of(Bench.THREE_STAGES);
        bench.host("N1", "prod", "eu");
        bench.turn();
        assertThat(bench.record.reason()).isEqualTo(Reasons.IMPOSSIBLE);
        assertThat(bench.record.message())
                .isEqualTo("stage canary would have 0 host(s) and needs 1");
        bench.host("N2", "canary", "eu");
        bench.turn();
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.PROGRESSING);
    }

    @Test
    void aStageThatNoHostMatchesIsSkippedWithoutATimer() {
        var bench =
                Bench.of(Bench.THREE_STAGES.replace("'region': 'eu'", "'region': 'mars'")).hosts(3);
        bench.runUntilStage(2);
        assertThat(bench.record.stages().get(1).mark()).isEqualTo(StageProgress.Mark.SKIPPED);
        assertThat(bench.wasSaid("StageSkipped")).isTrue();
    }

    @Test
    void theControlPlaneIsDownThroughABakeWithoutCreditOrReset() {
        var bench = sixHosts();
        bench.runUntil(StageState.BAKE);
        bench.run(4);
        var before = bench.bake();
        bench.nobodyLooks(Duration.ofHours(2));
        bench.turn();
        assertThat(bench.bake()).isEqualTo(before);
        bench.run(2);
        assertThat(bench.bake()).isEqualTo(before.plusSeconds(2));
    }

    @Test
    void timeInDoubtCountsNeitherWay() {
        var bench = sixHosts();
        bench.runUntil(StageState.BAKE);
        bench.run(4);
        var before = bench.bake();
        bench.clear = false;
        bench.run(30);
        bench.clear = true;
        bench.turn();
        assertThat(bench.bake()).isEqualTo(before);
    }

    @Test
    void aHoldStandsStillAndRunsNoDeadline() {
        var bench = sixHosts();
        bench.turn();
        bench.held = true;
        bench.run(2000);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.PROGRESSING);
        assertThat(bench.record.reason()).isEqualTo(Reasons.HELD);
        bench.held = false;
        bench.runUntil(RolloutPhase.SUCCEEDED);
    }

    @Test
    void aDenyWindowThatOpensInMidStageLetsThoseInFlightFinishAndBake() {
        var bench = Bench.of(Bench.THREE_STAGES.replace("'upTo': 1,", "'upTo': '100%',")).hosts(12);
        bench.run(2);
        bench.deny(allDay());
        int wave = bench.record.members().count(0, Role.WAVE);
        bench.run(30);
        assertThat(bench.record.members().count(0, Role.PROVEN)).isEqualTo(wave);
        assertThat(bench.on(HostSeen.On.CANDIDATE)).isEqualTo(wave);
        assertThat(bench.record.reason()).isEqualTo(Reasons.WINDOW);
        bench.ceilings = Ceilings.NONE;
        bench.runUntil(RolloutPhase.SUCCEEDED);
    }

    @Test
    void aDenyWindowHoldsUpNoRollback() {
        var bench = sixHosts();
        bench.runUntil(StageState.BAKE);
        bench.deny(allDay());
        bench.say(Verb.ABORT, "");
        bench.runUntil(RolloutPhase.ROLLED_BACK);
    }

    @Test
    void aDenyWindowHoldsUpTheFirstStageAndAnApprovalGiven() {
        var bench =
                Bench.of(Bench.THREE_STAGES.replace("'10s'}", "'10s', 'gate': {'approval': {}}}"))
                        .hosts(6);
        bench.deny(allDay());
        bench.run(3);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.PENDING);
        assertThat(bench.record.reason()).isEqualTo(Reasons.WINDOW);
        bench.ceilings = Ceilings.NONE;
        bench.runUntil(StageState.GATE);
        bench.deny(allDay());
        bench.approve(0);
        bench.run(3);
        assertThat(bench.record.state()).isEqualTo(StageState.GATE);
        bench.ceilings = Ceilings.NONE;
        bench.runUntilStage(1);
    }

    private static DenyWindow allDay() {
        return new DenyWindow(
                EnumSet.allOf(DayOfWeek.class),
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT,
                ZoneId.of("Europe/Berlin"));
    }

    @Test
    void anApprovalGivenBeforeItsStageIsRemembered() {
        var bench =
                Bench.of(Bench.THREE_STAGES.replace("'10s'}", "'10s', 'gate': {'approval': {}}}"))
                        .hosts(6)
                        .approve(0);
        bench.runUntilStage(1);
        var gate = bench.record.stages().getFirst().gates().getFirst();
        assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
        assertThat(gate.by()).contains("bob");
    }

    @Test
    void anApprovalForAnotherStageLetsThisOneWait() {
        var bench =
                Bench.of(Bench.THREE_STAGES.replace("'10s'}", "'10s', 'gate': {'approval': {}}}"))
                        .hosts(6)
                        .approve(1);
        bench.runUntil(StageState.GATE);
        bench.run(20);
        assertThat(bench.record.stage()).isZero();
        assertThat(bench.record.reason()).isEqualTo(Reasons.AWAITING_APPROVAL);
    }

    @Test
    void anApprovalThatExpiresPausesOrRollsBack() {
        for (var onExpire : new String[] {"pause", "rollback"}) {
            var gate =
                    "'10s', 'gate': {'approval': {'expires': '30s', 'onExpire': '"
                            + onExpire
                            + "'}}}";
            var bench = Bench.of(Bench.THREE_STAGES.replace("'10s'}", gate)).hosts(6);
            bench.runUntil(StageState.GATE);
            bench.run(35);
            assertThat(bench.record.reason()).isEqualTo(Reasons.APPROVAL_EXPIRED);
            if (onExpire.equals("pause")) {
                assertThat(bench.record.paused()).isTrue();
                bench.say(Verb.RESUME, "");
                bench.run(5);
                assertThat(bench.record.reason()).isEqualTo(Reasons.AWAITING_APPROVAL);
            } else {
                bench.runUntil(RolloutPhase.ROLLED_BACK);
            }
        }
    }

    private static final String METRIC =
            "'10s', 'gate': {'metrics': [{'name': 'errors', 'url': 'http://prom', 'query': 'q',"
                    + " 'max': 0.05, 'maxRatioToBaseline': 1.5, 'interval': '2s',"
                    + " 'minSamples': 2}]}}";

    private static Bench measured() {
        return Bench.of(Bench.THREE_STAGES.replace("'10s'}", METRIC)).hosts(6);
    }

    private static void answer(Bench bench, double value, double baseline) {
        var question = bench.questions.getLast();
        bench.answers.add(
                new GateAnswer(
                        question.rollout(),
                        question.stage(),
                        question.gate(),
                        question.attempt(),
                        bench.now,
                        OptionalDouble.of(value),
                        OptionalDouble.of(baseline),
                        Optional.empty(),
                        Optional.empty(),
                        ""));
    }

    @Test
    void aMetricIsAskedInTheBakeAndPassesAfterItsSamples() {
        var bench = measured();
        bench.runUntil(StageState.BAKE);
        bench.turn();
        assertThat(bench.questions.getLast().attempt()).isEqualTo(1);
        answer(bench, 0.01, 0.01);
        bench.run(3);
        assertThat(bench.questions.getLast().attempt()).isEqualTo(2);
        bench.runUntil(StageState.GATE);
        bench.run(5);
        assertThat(bench.record.reason()).isEqualTo(Reasons.INCONCLUSIVE);
        answer(bench, 0.01, 0.01);
        bench.runUntilStage(1);
    }

    @Test
    void aMetricAboveItsBoundFailsInTheBake() {
        var bench = measured();
        bench.runUntil(StageState.BAKE);
        for (int i = 0; i < 2; i++) {
            bench.run(3);
            answer(bench, 0.06, 0.06);
        }
        bench.turn();
        assertThat(bench.record.reason()).isEqualTo(Reasons.GATE_FAILED);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.ROLLING_BACK);
    }

    @Test
    void aMetricFarAboveItsBaselineFails() {
        var bench = measured();
        bench.runUntil(StageState.BAKE);
        for (int i = 0; i < 2; i++) {
            bench.run(3);
            answer(bench, 0.02, 0.01);
        }
        bench.turn();
        assertThat(bench.record.reason()).isEqualTo(Reasons.GATE_FAILED);
    }

    @Test
    void noDataIsNeverAPassAndAnAnswerToAnOldQuestionCountsForNothing() {
        var bench = measured();
        bench.runUntil(StageState.BAKE);
        bench.turn();
        var question = bench.questions.getLast();
        for (int attempt = 0; attempt < 3; attempt++) {
            bench.answers.add(
                    new GateAnswer(
                            question.rollout(),
                            question.stage(),
                            question.gate(),
                            7,
                            bench.now,
                            OptionalDouble.of(0),
                            OptionalDouble.of(0),
                            Optional.empty(),
                            Optional.empty(),
                            ""));
        }
        bench.runUntil(StageState.GATE);
        bench.run(100);
        assertThat(bench.record.reason()).isEqualTo(Reasons.INCONCLUSIVE);
    }

    @Test
    void aGateThatStaysInconclusivePausesAtItsDeadline() {
        var bench = measured();
        bench.runUntil(StageState.GATE);
        bench.nobodyLooks(Duration.ofHours(25));
        bench.run(2);
        assertThat(bench.record.paused()).isTrue();
        assertThat(bench.record.reason()).isEqualTo(Reasons.GATE_DEADLINE);
    }

    @Test
    void aBadHostWithinTheToleratedNumberIsExcusedAndTheStageGoesOn() {
        var bench =
                Bench.of(
                                Bench.THREE_STAGES.replace(
                                        "'upTo': 1,", "'upTo': '100%', 'maxFailures': 1,"))
                        .hosts(6);
        bench.badOnCandidate.add(new HostId("N1"));
        bench.runUntilStage(1);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.PROGRESSING);
        assertThat(bench.member("N1")).isEqualTo(new Member(0, Role.EXCUSED));
        assertThat(bench.target("N1")).isEqualTo(Target.STABLE);
        bench.run(3);
        assertThat(bench.get("N1").on).isEqualTo(HostSeen.On.STABLE);
    }

    @Test
    void aStageWhoseEveryHostWasBadFailsThoughEachWasTolerated() {
        var bench =
                Bench.of(Bench.THREE_STAGES.replace("'upTo': 1,", "'upTo': 1, 'maxFailures': 1,"))
                        .hosts(6);
        bench.candidateIsBad = true;
        bench.run(5);
        assertThat(bench.record.failure()).startsWith(Reasons.NO_HEALTHY_EVIDENCE);
        bench.runUntil(RolloutPhase.ROLLED_BACK);
    }

    @Test
    void aWaveOutgrowsItsCapOnlyBySubWavesThatBakeEach() {
        var bench =
                Bench.of("{'maxUnproven': 2, 'maxUnavailable': '100%', 'healthyTime': '0s'}")
                        .hosts(6);
        int waves = 0;
        for (int i = 0; i < 3000 && bench.record.phase() != RolloutPhase.SUCCEEDED; i++) {
            bench.turn();
            assertThat(bench.record.members().count(0, Role.WAVE)).isLessThanOrEqualTo(2);
            waves = Math.max(waves, bench.record.stages().getFirst().waves());
        }
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.SUCCEEDED);
        assertThat(waves).isEqualTo(3);
    }

    @Test
    void theBudgetCountsWhateverIsAwayAndIsNoFailure() {
        var bench = sixHosts();
        bench.get("N2").ill = true;
        bench.run(1500);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.PROGRESSING);
        assertThat(bench.record.reason()).isEqualTo(Reasons.BLOCKED_BY_BUDGET);
        assertThat(bench.on(HostSeen.On.CANDIDATE)).isZero();
        bench.get("N2").ill = false;
        bench.runUntilStage(1);
    }

    @Test
    void aCeilingOfTheLatticeTightens() {
        var bench = sixHosts();
        bench.ceilings = new Ceilings(Optional.empty(), OptionalInt.of(0), List.of());
        bench.run(100);
        assertThat(bench.record.reason()).isEqualTo(Reasons.BLOCKED_BY_BUDGET);
    }

    @Test
    void noHostBecomingHealthyForLongIsAFailure() {
        var bench =
                Bench.of(
                                Bench.THREE_STAGES.replace(
                                        "'maxUnproven'",
                                        "'progressDeadline': '30s', 'maxUnproven'"))
                        .hosts(6);
        bench.turn();
        bench.hosts.values().stream()
                .filter(h -> h.on == HostSeen.On.NOTHING)
                .forEach(h -> h.ill = true);
        bench.run(40);
        assertThat(bench.record.reason()).isEqualTo(Reasons.PROGRESS_DEADLINE);
    }

    @Test
    void aFailureMayPauseOrHaltInstead() {
        var paused =
                Bench.of(
                                Bench.THREE_STAGES.replace(
                                        "'maxUnproven'", "'onFailure': 'pause', 'maxUnproven'"))
                        .hosts(6);
        paused.candidateIsBad = true;
        paused.run(10);
        assertThat(paused.record.paused()).isTrue();
        assertThat(paused.record.reason()).isEqualTo(Reasons.MAX_FAILURES);
        assertThat(paused.notes.stream().filter(n -> n.what().equals("Paused"))).hasSize(1);
        var halted =
                Bench.of(
                                Bench.THREE_STAGES.replace(
                                        "'maxUnproven'", "'onFailure': 'halt', 'maxUnproven'"))
                        .hosts(6);
        halted.candidateIsBad = true;
        halted.run(10);
        assertThat(halted.record.phase()).isEqualTo(RolloutPhase.HALTED);
        assertThat(halted.rejected).isTrue();
    }

    @Test
    void aStableThatCannotStartIsSaidAndRetried() {
        var bench = sixHosts();
        bench.runUntil(StageState.BAKE);
        bench.stableIsBad = true;
        bench.say(Verb.ABORT, "");
        bench.run(10);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.ROLLING_BACK);
        assertThat(bench.record.reason()).isEqualTo(Reasons.STABLE_UNHEALTHY);
        bench.stableIsBad = false;
        bench.runUntil(RolloutPhase.ROLLED_BACK);
    }

    @Test
    void aVersionEqualToStableUndoesTheRolloutWithoutQuarantine() {
        var bench = sixHosts();
        bench.runUntil(StageState.BAKE);
        bench.record = bench.record.undoneBy(new Revision(3, 0), 2);
        bench.deployed = false;
        bench.runUntil(RolloutPhase.ROLLED_BACK);
        assertThat(bench.rejected).isFalse();
        assertThat(bench.record.reason()).isEqualTo(Reasons.EQUALS_STABLE);
    }

    @Test
    void aVersionWithTheCandidatesContentKeepsTheRolloutAndRenamesIt() {
        var bench = sixHosts();
        bench.runUntil(StageState.BAKE);
        bench.record = bench.record.renamedTo(new Revision(3, 0), 2);
        bench.runUntil(RolloutPhase.SUCCEEDED);
        assertThat(bench.record.to()).isEqualTo(new Revision(3, 0));
        assertThat(bench.record.id()).isEqualTo("ro");
    }

    @Test
    void hostsOnAnAbandonedRevisionGoToTheirTargetInsideTheBudget() {
        var bench = sixHosts();
        bench.get("N2").on = HostSeen.On.OTHER;
        bench.get("N6").on = HostSeen.On.OTHER;
        int most = 0;
        for (int i = 0; i < 10; i++) {
            bench.turn();
            most = Math.max(most, bench.away());
        }
        assertThat(most).isEqualTo(1);
        assertThat(bench.on(HostSeen.On.OTHER)).isZero();
    }

    @Test
    void anUndeployCancelsWhateverItIsAtAndWinsOverARollback() {
        var bench = sixHosts();
        bench.runUntil(StageState.BAKE);
        bench.say(Verb.ABORT, "");
        bench.turn();
        bench.say(Verb.UNDEPLOY, "");
        bench.turn();
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.CANCELLED);
        assertThat(bench.target("N1")).isEqualTo(Target.NOTHING);
        assertThat(sixHosts().record.cancelled().phase()).isEqualTo(RolloutPhase.CANCELLED);
    }

    @Test
    void aRestartThatFailsIsNotHeldAgainstTheContentThatRuns() {
        var bench = sixHosts();
        bench.record =
                RolloutRecord.start(
                        "ro",
                        Optional.of(new Revision(1, 0)),
                        new Revision(1, 1),
                        bench.record.policy(),
                        false,
                        "",
                        bench.now,
                        "somebody");
        bench.candidateIsBad = true;
        bench.runUntil(RolloutPhase.ROLLED_BACK);
        assertThat(bench.rejected).isFalse();
    }

    @Test
    void aRollbackTakesTheLastStageFirstAndHoldsToItsParallelLimit() {
        var bench =
                Bench.of(
                                Bench.THREE_STAGES.replace(
                                        "'maxUnproven'",
                                        "'maxUnavailable': '100%', 'rollback': {'maxParallel': 1}, 'maxUnproven'"))
                        .hosts(9);
        bench.runUntilStage(1);
        bench.runUntil(StageState.BAKE);
        bench.say(Verb.ABORT, "");
        bench.turn();
        var first = bench.last.released();
        assertThat(first).hasSize(1);
        assertThat(bench.member(first.iterator().next().value()))
                .isEqualTo(new Member(1, Role.WAVE));
        bench.runUntil(RolloutPhase.ROLLED_BACK);
    }
}
