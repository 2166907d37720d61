package dev.trellis.events.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.port.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two processes, one bucket, and time that passes only when told. */
final class ContenderTest {
    private final Bucket bucket = new Bucket();
    private final List<String> told = new ArrayList<>();
    private long now;

    private final Contender a = contender("a");
    private final Contender b = contender("b");

    @Test
    void theFirstToComeOwnsTheLattice() {
        turn(a);
        turn(b);

        assertThat(told).containsExactly("a acquired");
        assertThat(b.owner()).contains("a");
    }

    @Test
    void anOwnerThatRenewsKeepsIt() {
        turn(a);
        for (int i = 0; i < 20; i++) {
            turn(b);
            pass(500);
            turn(a);
        }

        assertThat(told).containsExactly("a acquired");
    }

    @Test
    void aKeyThatStandsStillIsTakenOverAfterFreeAfter() {
        turn(a);
        turn(b);
        pass(1499);
        turn(b);
        assertThat(told).containsExactly("a acquired");

        pass(1);
        turn(b);

        assertThat(told).containsExactly("a acquired", "b acquired");
    }

    @Test
    void anOwnerThatCannotRenewLosesItBeforeAnotherTakesOver() {
        turn(a);
        turn(b);
        bucket.away = true;
        while (a.holds()) {
            now += a.turn().toNanos();
        }
        assertThat(now).isEqualTo(Duration.ofMillis(1500).toNanos());

        bucket.away = false;
        turn(b);

        assertThat(told).containsExactly("a acquired", "a lost", "b acquired");
    }

    @Test
    void anOwnerThatWasOvertakenLosesItAtOnce() {
        turn(a);
        bucket.overwrite("c");
        pass(500);
        turn(a);

        assertThat(told).containsExactly("a acquired", "a lost");
    }

    @Test
    void aRenewalWhoseAnswerWasLostDoesNotCostTheLease() {
        turn(a);
        pass(500);
        bucket.loseNextAnswer = true;
        turn(a);
        turn(a);
        turn(a);
        pass(500);
        turn(a);

        assertThat(told).containsExactly("a acquired");
        assertThat(a.holds()).isTrue();
    }

    @Test
    void aBucketThatWasMadeAnewIsOwnedByItsOwnerAgain() {
        turn(a);
        pass(500);
        bucket.away = true;
        turn(a);
        bucket.away = false;
        bucket.vanish();
        turn(a);
        turn(a);

        assertThat(told).containsExactly("a acquired");
        assertThat(bucket.entry).isPresent();
    }

    @Test
    void givingUpLeavesTheKeyFreeAtOnce() {
        turn(a);
        turn(b);
        a.giveUp();
        turn(b);

        assertThat(told).containsExactly("a acquired", "a lost", "b acquired");
    }

    @Test
    void givingUpDoesNotTakeAwayWhatAnotherOwns() {
        turn(a);
        bucket.overwrite("c");
        a.giveUp();

        assertThat(bucket.entry).isPresent();
    }

    @Test
    void aStandbyDoesNotCountTheTimeInWhichItSawNothing() {
        turn(a);
        turn(b);
        bucket.away = true;
        pass(1500);
        turn(b);
        bucket.away = false;
        turn(b);

        assertThat(told).containsExactly("a acquired");
    }

    private void turn(Contender contender) {
        assertThat(contender.turn()).isNotNull();
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    private Contender contender(String process) {
        return new Contender(
                bucket,
                "blue",
                LeaseSettings.DEFAULTS.withProcess(process),
                () -> now,
                () -> "at " + now,
                new Leases.Listener() {
                    @Override
                    public void acquired() {
                        told.add(process + " acquired");
                    }

                    @Override
                    public void lost() {
                        told.add(process + " lost");
                    }
                });
    }

    private static final class Bucket implements LeaseBucket {
        Optional<Entry> entry = Optional.empty();
        boolean away;
        boolean loseNextAnswer;
        private long sequence;

        @Override
        public Optional<Entry> get(String key) throws UnavailableException {
            checkThere();
            return entry;
        }

        @Override
        public Written write(String key, Claim claim, long expected) throws UnavailableException {
            checkThere();
            if (entry.map(Entry::revision).orElse(0L) != expected) {
                return new Written.Conflict();
            }
            entry = Optional.of(new Entry(claim, ++sequence));
            if (loseNextAnswer) {
                loseNextAnswer = false;
                throw new UnavailableException("answer lost");
            }
            return new Written.At(sequence);
        }

        @Override
        public void delete(String key, long expected) throws UnavailableException {
            checkThere();
            if (entry.map(Entry::revision).orElse(0L) == expected) {
                entry = Optional.empty();
            }
        }

        void overwrite(String owner) {
            entry = Optional.of(new Entry(new Claim(owner, ""), ++sequence));
        }

        void vanish() {
            entry = Optional.empty();
            sequence = 0;
        }

        private void checkThere() throws UnavailableException {
            if (away) {
                throw new UnavailableException("away");
            }
        }
    }
}
