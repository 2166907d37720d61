package dev.trellis.scheduler.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of who lives, one a test. */
final class LivenessTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final HostId A = new HostId("NA");
    private static final HostId B = new HostId("NB");
    private static final List<HostId> BOTH = List.of(A, B);

    private final Liveness liveness = new Liveness(Liveness.Settings.DEFAULTS);

    private Liveness.Actions at(long millis) {
        return liveness.due(BOTH, 2, _ -> false, START.plusMillis(millis));
    }

    private void roundThatOnlyBAnswers() {
        assertThat(at(0).ping()).isTrue();
        liveness.pong(B, START.plusMillis(10));
    }

    @Test
    void whoMissesARoundIsAsked() {
        roundThatOnlyBAnswers();
        assertThat(at(499).ask()).isEmpty();
        assertThat(at(501).ask()).containsExactly(A);
    }

    @Test
    void noRespondersTwiceIsGone() {
        roundThatOnlyBAnswers();
        assertThat(at(501).ask()).containsExactly(A);
        liveness.noResponders(A, START.plusMillis(510));
        assertThat(at(600).ask()).isEmpty();
        assertThat(at(710).ask()).containsExactly(A);
        liveness.noResponders(A, START.plusMillis(720));
        assertThat(at(721).gone()).containsExactly(A);
    }

    private static final HostId C = new HostId("NC");

    private Liveness.Actions ofThree(long millis) {
        return liveness.due(List.of(A, B, C), 3, _ -> false, START.plusMillis(millis));
    }

    private void roundThatOnlyCAnswers() {
        assertThat(ofThree(0).ping()).isTrue();
        liveness.pong(C, START.plusMillis(10));
        assertThat(ofThree(501).ask()).containsExactly(A, B);
    }

    @Test
    void hostsThatGoTogetherAreGoneTogether() {
        roundThatOnlyCAnswers();
        liveness.noResponders(A, START.plusMillis(510));
        liveness.noResponders(B, START.plusMillis(550));
        assertThat(ofThree(710).ask()).containsExactly(A);
        liveness.noResponders(A, START.plusMillis(715));
        assertThat(ofThree(720).gone()).isEmpty();
        assertThat(ofThree(750).ask()).containsExactly(B);
        liveness.noResponders(B, START.plusMillis(760));
        assertThat(ofThree(761).gone()).containsExactly(A, B);
    }

    @Test
    void aHostThatIsGoneWaitsForOneThatDoesNotSayNoLongerThanAMoment() {
        roundThatOnlyCAnswers();
        liveness.noResponders(A, START.plusMillis(510));
        assertThat(ofThree(710).ask()).containsExactly(A);
        liveness.noResponders(A, START.plusMillis(720));
        assertThat(ofThree(1019).gone()).isEmpty();
        assertThat(liveness.nextDue()).isEqualTo(START.plusMillis(1020));
        assertThat(ofThree(1020).gone()).containsExactly(A);
    }

    @Test
    void aRoundThatNobodyAnswersIsDoubtAndJudgesNobody() {
        assertThat(at(0).ping()).isTrue();
        assertThat(at(501).ask()).isEmpty();
        assertThat(liveness.inDoubt()).isTrue();
        liveness.noResponders(A, START.plusMillis(600));
        liveness.noResponders(A, START.plusMillis(900));
        assertThat(at(1000).gone()).isEmpty();
    }

    @Test
    void whileDisconnectedNothingIsDueAndNothingIsJudged() {
        liveness.disconnected();
        assertThat(at(60_000).gone()).isEmpty();
        assertThat(liveness.nextDue()).isEqualTo(Instant.MAX);
        liveness.reconnected(START.plusMillis(60_000));
        assertThat(liveness.nextDue()).isEqualTo(START.plusMillis(60_000));
        assertThat(liveness.inDoubt()).isTrue();
    }

    @Test
    void aThirdOfAThousandHostsIsGoneWithinThreeSeconds() {
        var hosts = IntStream.range(0, 1000).mapToObj(i -> new HostId("N" + (1000 + i))).toList();
        var dead = new HashSet<>(hosts.subList(0, 333));
        var gone = new HashSet<HostId>();
        for (long millis = 0; millis <= 3000; millis += 5) {
            var now = START.plusMillis(millis);
            var due = liveness.due(hosts, hosts.size(), _ -> false, now);
            gone.addAll(due.gone());
            if (due.ping()) {
                hosts.stream().filter(h -> !dead.contains(h)).forEach(h -> liveness.pong(h, now));
            }
            due.ask().forEach(host -> liveness.noResponders(host, now));
        }
        assertThat(gone).isEqualTo(dead);
    }
}
