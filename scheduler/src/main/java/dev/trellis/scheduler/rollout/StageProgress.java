package dev.trellis.scheduler.rollout;

import java.time.Duration;
import java.util.List;

/**
 * How far one stage has come.
 *
 * @param waves how many waves were begun
 * @param lost candidate hosts lost since it was entered
 * @param failures hosts found bad since it was entered
 * @param bake observed time of the last wave
 * @param gates as far as they were asked
 */
public record StageProgress(
        Mark mark, int waves, int lost, int failures, Duration bake, List<GateState> gates) {
    /** What became of the stage. */
    public enum Mark {
        WAITING("Waiting"),
        ACTIVE("Active"),
        DONE("Done"),
        /** Passed over for want of hosts; nobody belongs to it. */
        SKIPPED("Skipped");

        private final String word;

        Mark(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public static final StageProgress UNTOUCHED =
            new StageProgress(Mark.WAITING, 0, 0, 0, Duration.ZERO, List.of());

    public StageProgress {
        gates = List.copyOf(gates);
    }

    StageProgress marked(Mark now) {
        return new StageProgress(now, waves, lost, failures, bake, gates);
    }

    StageProgress withWaves(int now) {
        return new StageProgress(mark, now, lost, failures, bake, gates);
    }

    StageProgress withLost(int now) {
        return new StageProgress(mark, waves, now, failures, bake, gates);
    }

    StageProgress withFailures(int now) {
        return new StageProgress(mark, waves, lost, now, bake, gates);
    }

    StageProgress baked(Duration now) {
        return new StageProgress(mark, waves, lost, failures, now, gates);
    }

    StageProgress withGates(List<GateState> now) {
        return new StageProgress(mark, waves, lost, failures, bake, now);
    }
}
