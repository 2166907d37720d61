package dev.trellis.scheduler.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.rollout.DenyWindow;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageApproval;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import dev.trellis.scheduler.wanted.Owned;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link WantedStore} owes the loop. */
public abstract class WantedStoreContract {
    protected static final LatticeName BLUE = new LatticeName("blue");
    protected static final HostId HOST = new HostId("NAAA");
    private static final AppName SHOP = new AppName("shop");
    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<LatticeLimits> limits = new LinkedBlockingQueue<>();
    private final BlockingQueue<HostMark> marks = new LinkedBlockingQueue<>();
    private final BlockingQueue<RolloutRecord> rollouts = new LinkedBlockingQueue<>();
    private volatile long revision;

    protected abstract WantedStore store();

    /** Somebody else puts these limits. */
    protected abstract void putLimits(LatticeName lattice, LatticeLimits limits);

    /** Somebody else takes the host out of use, and its work away. */
    protected abstract void drain(LatticeName lattice, HostId host, String by, String reason);

    /** Somebody else takes the host into use again. */
    protected abstract void uncordon(LatticeName lattice, HostId host);

    @Test
    void limitsComeAsTheyWerePutBeforeTheWatchHasCaughtUp() throws Exception {
        var put =
                new LatticeLimits(
                        OptionalInt.of(50),
                        OptionalInt.of(10_000),
                        Optional.of(new Amount.Percent(25)),
                        Optional.of(new Amount.Count(4)),
                        List.of(
                                new DenyWindow(
                                        EnumSet.of(DayOfWeek.FRIDAY),
                                        LocalTime.NOON,
                                        LocalTime.MIDNIGHT,
                                        ZoneId.of("Europe/Berlin"))),
                        Optional.of(new AppRecord.Hold("alice", TEN, "a look round")));
        putLimits(BLUE, put);

        try (var _ = store().watch(new Recording())) {
            assertThat(next()).isEqualTo("limits");
            assertThat(next()).isEqualTo("caught up");
            assertThat(limits.poll()).isEqualTo(put);

            putLimits(BLUE, LatticeLimits.NONE);
            assertThat(next()).isEqualTo("limits");
            assertThat(limits.poll()).isEqualTo(LatticeLimits.NONE);
        }
    }

    @Test
    void aMarkComesWithWhoAskedAndGoesWhenTheHostIsInUseAgain() throws Exception {
        drain(BLUE, HOST, "alice", "new disk");

        try (var _ = store().watch(new Recording())) {
            assertThat(next()).isEqualTo("mark NAAA");
            assertThat(next()).isEqualTo("caught up");
            var mark = marks.take();
            assertThat(mark.cordoned().by()).isEqualTo("alice");
            assertThat(mark.draining().orElseThrow().reason()).isEqualTo("new disk");
            assertThat(revision).isPositive();

            uncordon(BLUE, HOST);
            assertThat(next()).isEqualTo("no mark NAAA");
            assertThat(revision).isZero();
        }
    }

    @Test
    void aMarkIsDroppedOnlyAtTheRevisionLastSeen() throws Exception {
        drain(BLUE, HOST, "alice", "");
        try (var _ = store().watch(new Recording())) {
            assertThat(next()).isEqualTo("mark NAAA");
            assertThat(next()).isEqualTo("caught up");
            long seen = revision;

            assertThat(store().dropHostMark(BLUE, HOST, seen + 1))
                    .isEqualTo(new WriteOutcome.Conflict());
            assertThat(store().dropHostMark(BLUE, HOST, seen))
                    .isInstanceOf(WriteOutcome.Written.class);

            assertThat(next()).isEqualTo("no mark NAAA");
        }
    }

    @Test
    void ownedIsWrittenOnlyAtTheRevisionLastSeenAndAnEmptyOneIsGone() throws Exception {
        try (var _ = store().watch(new Recording())) {
            assertThat(next()).isEqualTo("caught up");

            var written = store().writeOwned(BLUE, SHOP, owned("api"), 0);
            assertThat(written).isInstanceOf(WriteOutcome.Written.class);
            assertThat(next()).isEqualTo("owned [api]");
            assertThat(store().writeOwned(BLUE, SHOP, owned("web"), 0))
                    .isEqualTo(new WriteOutcome.Conflict());

            long seen = ((WriteOutcome.Written) written).revision();
            assertThat(store().writeOwned(BLUE, SHOP, Owned.NOTHING, seen))
                    .isInstanceOf(WriteOutcome.Written.class);
            assertThat(next()).isEqualTo("owned []");
        }
    }

    @Test
    void aRolloutIsWrittenOnlyAtTheRevisionLastSeenAndComesBackWhole() throws Exception {
        try (var _ = store().watch(new Recording())) {
            assertThat(next()).isEqualTo("caught up");
            var rollout = FakeWantedStore.rollout();

            var written = store().writeRollout(BLUE, SHOP, Optional.of(rollout), 0);
            assertThat(next()).isEqualTo("rollout shop");
            assertThat(rollouts.take()).isEqualTo(rollout);
            assertThat(store().writeRollout(BLUE, SHOP, Optional.of(rollout), 0))
                    .isEqualTo(new WriteOutcome.Conflict());

            long seen = ((WriteOutcome.Written) written).revision();
            assertThat(revision).isEqualTo(seen);
            assertThat(store().writeRollout(BLUE, SHOP, Optional.empty(), seen))
                    .isInstanceOf(WriteOutcome.Written.class);
            assertThat(next()).isEqualTo("no rollout shop");
        }
    }

    @Test
    void aClosedWatchIsToldNothing() throws Exception {
        store().watch(new Recording()).close();
        told.clear();

        putLimits(BLUE, LatticeLimits.NONE.withHold(Optional.empty()));

        assertThat(told.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    private static Owned owned(String component) {
        return new Owned(
                new TreeSet<>(List.of(new WorkloadId(component))),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    private String next() throws InterruptedException {
        var line = told.poll(20, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing told within 20 s");
        }
        return line;
    }

    private final class Recording implements WantedStore.Watcher {
        @Override
        public void app(AppRecord app) {
            told.add("app " + app.name());
        }

        @Override
        public void appRemoved(LatticeName lattice, AppName app) {
            told.add("no app " + app);
        }

        @Override
        public void owned(LatticeName lattice, AppName app, Owned owned, long at) {
            told.add("owned " + owned.components());
        }

        @Override
        public void rollout(
                LatticeName lattice, AppName app, Optional<RolloutRecord> rollout, long at) {
            revision = at;
            rollout.ifPresent(rollouts::add);
            told.add((rollout.isPresent() ? "rollout " : "no rollout ") + app);
        }

        @Override
        public void approval(
                LatticeName lattice,
                AppName app,
                String rollout,
                int stage,
                Optional<StageApproval> approval) {
            told.add("approval " + rollout + " " + stage);
        }

        @Override
        public void limits(LatticeName lattice, LatticeLimits now) {
            limits.add(now);
            told.add("limits");
        }

        @Override
        public void hostMark(LatticeName lattice, HostId host, Optional<HostMark> mark, long at) {
            revision = at;
            mark.ifPresent(marks::add);
            told.add((mark.isPresent() ? "mark " : "no mark ") + host);
        }

        @Override
        public void caughtUp() {
            told.add("caught up");
        }
    }
}
