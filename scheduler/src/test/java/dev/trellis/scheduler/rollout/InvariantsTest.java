package dev.trellis.scheduler.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must always hold, in seeded worlds in which everything goes wrong for a while. */
final class InvariantsTest {
    private static final int SEEDS = Integer.getInteger("trellis.rollouts", 2000);
    private static final int FIRST = Integer.getInteger("trellis.rollout", 0);

    @Test
    void noRolloutBreaksARuleAndEachComesToAnEnd() {
        var outcomes =
                IntStream.range(FIRST, FIRST + SEEDS)
                        .parallel()
                        .mapToObj(InvariantsTest::outcome)
                        .collect(Collectors.toSet());
        assertThat(outcomes).contains("Succeeded", "RolledBack", "Cancelled");
    }

    private static String outcome(int seed) {
        var outcome = RandomRollout.run(seed, Decider.REAL);
        assertThat(outcome.broken()).as("seed " + seed).isEmpty();
        return outcome.record().phase().word();
    }

    @ParameterizedTest
    @EnumSource(Mutants.class)
    void aBrokenRuleIsNoticed(Mutants mutant) {
        assertThat(mutant.caught(400)).isPresent();
    }
}
