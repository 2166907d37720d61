package dev.trellis.scheduler.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.rollout.Evidence.Look;
import dev.trellis.scheduler.rollout.HostSeen.Health;
import dev.trellis.scheduler.rollout.HostSeen.On;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a host has been good, and how long it has been trying. */
final class EvidenceTest {
    private static final HostId HOST = new HostId("N1");

    private final Evidence evidence = new Evidence();
    private Instant now = Instant.parse("2026-01-05T00:00:00Z");

    private void look(On on, boolean fine, int seconds) {
        look(on, fine, true, 0, true, seconds);
    }

    private void look(On on, boolean fine, boolean told, int failed, boolean counts, int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            evidence.look(
                    List.of(new Look(HOST, on, Target.CANDIDATE, told, fine, failed)),
                    counts,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    now);
        }
    }

    @Test
    void aHostIsGoodOnlyAfterTheHealthyTimeOnTheSameRevision() {
        look(On.STABLE, true, 30);
        look(On.CANDIDATE, true, 10);
        assertThat(evidence.health(HOST)).isEqualTo(Health.VERIFYING);
        look(On.CANDIDATE, true, 1);
        assertThat(evidence.health(HOST)).isEqualTo(Health.GOOD);
    }

    @Test
    void aMomentOfIllnessBeginsItAnew() {
        look(On.CANDIDATE, true, 12);
        look(On.CANDIDATE, false, 1);
        assertThat(evidence.health(HOST)).isEqualTo(Health.ILL);
        look(On.CANDIDATE, true, 5);
        assertThat(evidence.health(HOST)).isEqualTo(Health.VERIFYING);
    }

    @Test
    void timeInDoubtCountsNeitherForNorAgainstIt() {
        look(On.CANDIDATE, true, 3);
        look(On.CANDIDATE, true, true, 0, false, 100);
        assertThat(evidence.health(HOST)).isEqualTo(Health.VERIFYING);
        look(On.NOTHING, false, 30);
        look(On.NOTHING, false, true, 0, false, 100);
        assertThat(evidence.isBad(HOST)).isFalse();
    }

    @Test
    void threeFailedStartsMakeAHostBadAndSoDoesTheDeadline() {
        look(On.NOTHING, false, true, 2, true, 1);
        assertThat(evidence.isBad(HOST)).isFalse();
        look(On.NOTHING, false, true, 3, true, 1);
        assertThat(evidence.isBad(HOST)).isTrue();
        var slow = new Evidence();
        assertThat(slow.isBad(HOST)).isFalse();
        look(On.CANDIDATE, true, 12);
        assertThat(evidence.isBad(HOST)).isFalse();
        look(On.NOTHING, false, 61);
        assertThat(evidence.isBad(HOST)).isTrue();
    }

    @Test
    void aHostThatWaitsForItsTurnHasNoDeadline() {
        look(On.STABLE, true, false, 0, true, 500);
        assertThat(evidence.isBad(HOST)).isFalse();
    }

    @Test
    void aHostThatTurnsIllOnItsTargetHasADeadline() {
        look(On.CANDIDATE, true, false, 0, true, 20);
        look(On.CANDIDATE, false, false, 0, true, 61);
        assertThat(evidence.isBad(HOST)).isTrue();
    }

    @Test
    void itSaysWhenToLookAgain() {
        look(On.CANDIDATE, true, 4);
        assertThat(evidence.nextDue()).isEqualTo(now.plusSeconds(7));
        look(On.NOTHING, false, 1);
        assertThat(evidence.nextDue()).isEqualTo(now.plusSeconds(56));
    }
}
