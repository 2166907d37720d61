package dev.trellis.scheduler.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verbs: the safest first, each once, whatever order they came in. */
final class VerbsTest {
    private static Bench baking() {
        var bench = Bench.of(Bench.THREE_STAGES).hosts(6);
        bench.runUntil(StageState.BAKE);
        return bench;
    }

    private static void eachOrder(List<Verb> rest, List<Verb> chosen, List<List<Verb>> orders) {
        if (rest.isEmpty()) {
            orders.add(chosen);
            return;
        }
        for (var verb : rest) {
            var less = new ArrayList<>(rest);
            less.remove(verb);
            var more = new ArrayList<>(chosen);
            more.add(verb);
            eachOrder(less, more, orders);
        }
    }

    private static RolloutPhase after(List<Verb> verbs) {
        var bench = baking();
        for (var verb : verbs) {
            bench.say(verb, "because");
        }
        bench.turn();
        return bench.record.phase();
    }

    @Test
    void anyOrderOfPendingVerbsGivesWhatTheSafestOneSays() {
        var some = List.of(Verb.RESUME, Verb.PROMOTE, Verb.PAUSE, Verb.HALT, Verb.ABORT);
        var orders = new ArrayList<List<Verb>>();
        eachOrder(some, List.of(), orders);
        assertThat(orders).hasSize(120);
        assertThat(orders)
                .allSatisfy(o -> assertThat(after(o)).isEqualTo(RolloutPhase.ROLLING_BACK));
        assertThat(after(List.of(Verb.ABORT, Verb.UNDEPLOY))).isEqualTo(RolloutPhase.CANCELLED);
        assertThat(after(List.of(Verb.PROMOTE, Verb.HALT, Verb.PAUSE)))
                .isEqualTo(RolloutPhase.HALTED);
    }

    @Test
    void theSameIntentTwiceIsAppliedOnceAndKeepsItsFirstResult() {
        var bench = baking();
        bench.say("one", Verb.PAUSE, "");
        bench.turn();
        var result = bench.result("one");
        bench.say(Verb.RESUME, "");
        bench.turn();
        bench.say("one", Verb.PAUSE, "");
        bench.turn();
        assertThat(bench.record.paused()).isFalse();
        assertThat(bench.result("one")).isEqualTo(result);
    }

    @Test
    void aPromoteWhilePausedTakesEffectOnResume() {
        var bench = baking();
        bench.say(Verb.PAUSE, "");
        bench.turn();
        bench.say("go", Verb.PROMOTE, "");
        bench.run(5);
        assertThat(bench.result("go")).contains("takes effect on resume");
        assertThat(bench.record.state()).isEqualTo(StageState.BAKE);
        bench.say(Verb.RESUME, "");
        bench.turn();
        assertThat(bench.record.stage()).isEqualTo(1);
    }

    @Test
    void promoteThenAbortRollsBackAndThePromoteIsDropped() {
        var bench = baking();
        bench.say("all", Verb.PROMOTE, true, "we are sure");
        bench.say("no", Verb.ABORT, false, "we are not");
        bench.turn();
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.ROLLING_BACK);
        assertThat(bench.record.promotion()).isEqualTo(Promotion.NONE);
        assertThat(bench.result("all")).isEqualTo("overruled by abort");
    }

    @Test
    void aFullPromoteNeedsAReasonAndStillHoldsToTheCaps() {
        var bench = Bench.of(Bench.THREE_STAGES).hosts(8);
        bench.runUntil(StageState.BAKE);
        bench.say("no", Verb.PROMOTE, true, "");
        bench.turn();
        assertThat(bench.result("no")).contains("needs a reason");
        bench.say("yes", Verb.PROMOTE, true, "proven elsewhere");
        int most = 0;
        for (int i = 0; i < 200 && bench.record.phase() == RolloutPhase.PROGRESSING; i++) {
            bench.turn();
            most = Math.max(most, bench.away());
        }
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.SUCCEEDED);
        assertThat(most).isEqualTo(1);
    }

    @Test
    void aPauseHoldsTheStageAndTheBakeClockStands() {
        var bench = baking();
        bench.run(3);
        var baked = bench.bake();
        bench.say(Verb.PAUSE, "");
        bench.run(100);
        assertThat(bench.bake()).isEqualTo(baked);
        assertThat(bench.record.reason()).isEqualTo(Reasons.PAUSED);
        bench.say(Verb.RESUME, "");
        bench.turn();
        assertThat(bench.record.paused()).isFalse();
    }

    @Test
    void aHaltFreezesTheMixForGood() {
        var bench = baking();
        bench.say(Verb.HALT, "");
        bench.run(50);
        assertThat(bench.record.phase()).isEqualTo(RolloutPhase.HALTED);
        assertThat(bench.on(HostSeen.On.CANDIDATE)).isEqualTo(1);
        assertThat(bench.on(HostSeen.On.STABLE)).isEqualTo(5);
        bench.say("late", Verb.RESUME, "");
        bench.say("later", Verb.ABORT, "");
        bench.turn();
        assertThat(bench.result("later")).isEqualTo("refused: the rollout is Halted");
    }

    @Test
    void amendTightensWhatIsNotEnteredYet() {
        var bench = baking();
        var longer =
                Bench.THREE_STAGES.replace("'rest', 'bakeTime': '5s'", "'rest', 'bakeTime': '60s'");
        bench.amend("tighter", longer, false);
        bench.turn();
        assertThat(bench.result("tighter")).isEqualTo("amended");
        bench.amend("looser", Bench.THREE_STAGES, false);
        bench.turn();
        assertThat(bench.result("looser")).contains("stage rest would become looser");
        bench.amend("forced", Bench.THREE_STAGES, true);
        bench.turn();
        assertThat(bench.result("forced")).isEqualTo("amended");
        bench.amend("others", longer.replace("'canary'}}", "'early'}}"), true);
        bench.turn();
        assertThat(bench.result("others")).contains("cannot change");
    }

    @Test
    void amendLeavesAStageAloneThatIsEntered() {
        var bench = baking();
        bench.amend(
                "late",
                Bench.THREE_STAGES.replace("'bakeTime': '10s'", "'bakeTime': '99s'"),
                false);
        bench.turn();
        assertThat(bench.result("late")).contains("stage canary is entered already");
    }
}
