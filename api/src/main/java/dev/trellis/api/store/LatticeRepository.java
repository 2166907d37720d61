package dev.trellis.api.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.StoreUnavailableException;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.wanted.AppRecord.Hold;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What people ask of a whole lattice and of its hosts. Every call throws {@link
 * StoreUnavailableException} when the store did not answer; it is worth retrying.
 */
public final class LatticeRepository {
    private final KvBucket bucket;
    private final InstantSource clock;

    public LatticeRepository(KvBucket bucket, InstantSource clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /**
     * Limits as stored.
     *
     * @param revision the ETag; 0 where there never were any, or none any more
     */
    public record StoredLimits(LatticeLimits limits, long revision) {}

    /** What a put of limits came to. */
    public sealed interface LimitsResult {
        record Put(StoredLimits stored, boolean changed) implements LimitsResult {}

        record PreconditionFailed() implements LimitsResult {}
    }

    /** What a verb on a host came to: its mark now, and whether the verb changed anything. */
    public record Marked(Optional<HostMark> mark, boolean changed) {}

    public StoredLimits limits(LatticeName lattice) {
        return bucket.get(Keys.limits(lattice))
                .map(entry -> new StoredLimits(LimitsJson.read(entry.value()), entry.revision()))
                .orElseGet(() -> new StoredLimits(LatticeLimits.NONE, 0));
    }

    /** Replaces all of a lattice's limits. A hold that goes on keeps who held first, and when. */
    public LimitsResult put(LatticeName lattice, LatticeLimits limits, Precondition precondition) {
        return change(
                lattice,
                precondition,
                before ->
                        before.hold().isPresent() && sameReason(before, limits)
                                ? limits.withHold(before.hold())
                                : limits);
    }

    private static boolean sameReason(LatticeLimits before, LatticeLimits after) {
        return before.hold().map(Hold::reason).equals(after.hold().map(Hold::reason));
    }

    /** Holds all of a lattice; one that is held already keeps who held it first. */
    public LimitsResult.Put hold(LatticeName lattice, String by, String reason) {
        var hold = new Hold(by, clock.instant(), reason);
        return change(lattice, before -> before.withHold(Optional.of(before.hold().orElse(hold))));
    }

    /** Goes on; one that isn't held goes on as it is. */
    @CanIgnoreReturnValue
    public LimitsResult.Put release(LatticeName lattice) {
        return change(lattice, before -> before.withHold(Optional.empty()));
    }

    private LimitsResult.Put change(LatticeName lattice, UnaryOperator<LatticeLimits> change) {
        return switch (change(lattice, Precondition.NONE, change)) {
            case LimitsResult.Put put -> put;
            case LimitsResult.PreconditionFailed() ->
                    throw new IllegalStateException("no precondition was set");
        };
    }

    private LimitsResult change(
            LatticeName lattice, Precondition precondition, UnaryOperator<LatticeLimits> change) {
        var key = Keys.limits(lattice);
        var attempts = new Attempts();
        while (attempts.another()) {
            var before = limits(lattice);
            if (!precondition.holds(before.revision())) {
                return new LimitsResult.PreconditionFailed();
            }
            var after = change.apply(before.limits());
            if (after.equals(before.limits())) {
                return new LimitsResult.Put(before, false);
            }
            if (bucket.update(key, LimitsJson.write(after), before.revision())
                    instanceof WriteOutcome.Written(long revision)) {
                return new LimitsResult.Put(new StoredLimits(after, revision), true);
            }
        }
        throw attempts.exhausted(key);
    }

    /** Takes a host out of use; one that is cordoned keeps who did it first, and its drain. */
    public Marked cordon(LatticeName lattice, HostId host, String by, String reason) {
        var note = new HostMark.Note(by, clock.instant(), reason);
        return mark(
                lattice,
                host,
                before -> before.or(() -> Optional.of(new HostMark(note, Optional.empty()))));
    }

    /** Takes a host out of use, and its work away from it. */
    public Marked drain(LatticeName lattice, HostId host, String by, String reason) {
        var note = new HostMark.Note(by, clock.instant(), reason);
        return mark(
                lattice,
                host,
                before ->
                        Optional.of(
                                new HostMark(
                                        before.map(HostMark::cordoned).orElse(note),
                                        before.flatMap(HostMark::draining)
                                                .or(() -> Optional.of(note)))));
    }

    /** Ends both. */
    public Marked uncordon(LatticeName lattice, HostId host) {
        return mark(lattice, host, _ -> Optional.empty());
    }

    private Marked mark(
            LatticeName lattice, HostId host, UnaryOperator<Optional<HostMark>> change) {
        var key = Keys.host(lattice, host);
        var attempts = new Attempts();
        while (attempts.another()) {
            var entry = bucket.get(key);
            var before = entry.map(found -> HostMarkJson.read(found.value()));
            var after = change.apply(before);
            if (after.equals(before)) {
                return new Marked(after, false);
            }
            long expected = entry.map(KvBucket.Entry::revision).orElse(0L);
            var written =
                    after.isPresent()
                            ? bucket.update(key, HostMarkJson.write(after.get()), expected)
                            : bucket.delete(key, expected);
            if (written instanceof WriteOutcome.Written) {
                return new Marked(after, true);
            }
        }
        throw attempts.exhausted(key);
    }
}
