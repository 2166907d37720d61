package dev.trellis.scheduler.port;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageApproval;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import dev.trellis.scheduler.wanted.Owned;
import java.util.Optional;

/** What is wanted, as the loop reads and writes it. {@code api.store} owns the bucket. */
public interface WantedStore {
    /** This installation's id, made once and kept in the bucket under {@code manager}. */
    String manager();

    /**
     * Hands over everything stored, then {@link Watcher#caughtUp()}, then each change as it comes.
     * Calls come on one thread at a time.
     */
    EventSource.Subscription watch(Watcher watcher);

    /**
     * The manifest of a stored version; blocks for a read where it isn't cached.
     *
     * @return empty when there is no such version
     * @throws StoreUnavailableException when the store did not answer; worth retrying
     */
    Optional<Manifest> revision(LatticeName lattice, AppName app, int n);

    /**
     * Writes the owned record if its stored revision is still {@code expected}; an empty one
     * removes the key.
     *
     * @param expected revision last seen; 0: the key must not exist
     * @throws StoreUnavailableException when the store did not answer; worth retrying
     */
    WriteOutcome writeOwned(LatticeName lattice, AppName app, Owned owned, long expected);

    /**
     * Notes that version {@code n} was seen Deployed: it becomes {@code lastGood}. Does nothing
     * when it is so already, or the app with this {@code uid} is gone.
     *
     * @throws StoreUnavailableException when the store did not answer; worth retrying
     */
    void noteGood(LatticeName lattice, AppName app, String uid, int n);

    /**
     * Writes a rollout record if its stored revision is still {@code expected}; an absent one
     * removes the key, and with it the app's approvals.
     *
     * @param expected revision last seen; 0: the key must not exist
     * @throws StoreUnavailableException when the store did not answer; worth retrying
     */
    WriteOutcome writeRollout(
            LatticeName lattice, AppName app, Optional<RolloutRecord> rollout, long expected);

    /**
     * Puts the content of version {@code n} on the app's list of rejected ones. Does nothing when
     * it is there already, or the app with this {@code uid} is gone.
     *
     * @throws StoreUnavailableException when the store did not answer; worth retrying
     */
    void reject(LatticeName lattice, AppName app, String uid, int n);

    /**
     * Makes version {@code to} the desired one, if {@code from} still is: a rollback is done.
     * Whoever follows the app's versions is told as of a deploy.
     *
     * @throws StoreUnavailableException when the store did not answer; worth retrying
     */
    void restore(LatticeName lattice, AppName app, String uid, int from, int to);

    /**
     * Removes what people asked of a host, if its stored revision is still {@code expected}: the
     * host has been away for long.
     *
     * @param expected revision last seen
     * @throws StoreUnavailableException when the store did not answer; worth retrying
     */
    WriteOutcome dropHostMark(LatticeName lattice, HostId host, long expected);

    /** Told of what is stored. */
    interface Watcher {
        void app(AppRecord app);

        /** All versions were deleted; what it owned is still to be removed. */
        void appRemoved(LatticeName lattice, AppName app);

        /**
         * @param revision 0 with {@link Owned#NOTHING} when the key is gone
         */
        void owned(LatticeName lattice, AppName app, Owned owned, long revision);

        /**
         * @param revision 0 without a rollout when the key is gone
         */
        void rollout(
                LatticeName lattice, AppName app, Optional<RolloutRecord> rollout, long revision);

        /**
         * Somebody agreed to a stage of a rollout.
         *
         * @param approval empty when it is gone
         */
        void approval(
                LatticeName lattice,
                AppName app,
                String rollout,
                int stage,
                Optional<StageApproval> approval);

        /** {@link LatticeLimits#NONE} when the record is gone. */
        void limits(LatticeName lattice, LatticeLimits limits);

        /**
         * @param mark empty when the host is in use again
         * @param revision 0 when there is no mark
         */
        void hostMark(LatticeName lattice, HostId host, Optional<HostMark> mark, long revision);

        void caughtUp();
    }

    /** What a compare-and-set came to. */
    sealed interface WriteOutcome {
        record Written(long revision) implements WriteOutcome {}

        /** Somebody else wrote first; the watch brings what. */
        record Conflict() implements WriteOutcome {}
    }
}
