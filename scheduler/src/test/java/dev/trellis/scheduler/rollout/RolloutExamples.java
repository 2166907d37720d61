package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records for tests of what keeps and shows them. */
public final class RolloutExamples {
    private RolloutExamples() {}

    /** The same with hosts in each role, clocks, gates and reasons. */
    public static RolloutRecord full(RolloutRecord record, Instant at) {
        var draft = new Draft(record);
        draft.phase = RolloutPhase.PROGRESSING;
        draft.paused = true;
        draft.stage = 0;
        draft.state = StageState.GATE;
        draft.lastObserved = Optional.of(at);
        draft.idle = Duration.ofSeconds(3);
        draft.healthy = 2;
        draft.lookedAt = Optional.of(at);
        draft.gateSince = Optional.of(at);
        draft.promotion = Promotion.FULL;
        draft.quarantined = true;
        draft.failure = "MaxFailures: 2";
        draft.waits(Reasons.INCONCLUSIVE, "no verdict yet");
        draft.put(new HostId("N1"), 0, Role.CLAIMED);
        draft.put(new HostId("N2"), 0, Role.WAVE);
        draft.put(new HostId("N3"), 0, Role.PROVEN);
        draft.put(new HostId("N4"), 0, Role.EXCUSED);
        draft.progress(p ->
                p.marked(StageProgress.Mark.ACTIVE)
                        .withWaves(2)
                        .withLost(1)
                        .withFailures(1)
                        .baked(Duration.ofMillis(1500))
                        .withGates(
                                List.of(
                                        new GateState(
                                                "metric:errors",
                                                3,
                                                2,
                                                1,
                                                Verdict.FAIL,
                                                Optional.of(at),
                                                Optional.of("bob"),
                                                "too many"))));
        return draft.frozen();
    }
}
