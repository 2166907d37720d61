package dev.trellis.scheduler.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must always hold, in seeded worlds in which everything goes wrong for a while. */
final class InvariantsTest {
    private static final int SEEDS = Integer.getInteger("trellis.rollouts", 2000);
    private static final int FIRST = Integer.getInteger("trellis.rollout", 0);

    @Test
    void noRolloutBreaksARuleAndEachComesToAnEnd() {
        var outcomes = new TreeMap<String, Integer>();
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            var outcome = RandomRollout.run(seed, Decider.REAL);
            assertThat(outcome.broken()).as("seed " + seed).isEmpty();
            outcomes.merge(outcome.record().phase().word(), 1, Integer::sum);
        }
        assertThat(outcomes).containsKeys("Succeeded", "RolledBack", "Cancelled");
    }

    @ParameterizedTest
    @EnumSource(Mutants.class)
    void aBrokenRuleIsNoticed(Mutants mutant) {
        assertThat(mutant.caught(400)).isPresent();
    }
}
