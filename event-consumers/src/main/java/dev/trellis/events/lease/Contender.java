package dev.trellis.events.lease;

import dev.trellis.events.lease.LeaseBucket.Entry;
import dev.trellis.events.lease.LeaseBucket.UnavailableException;
import dev.trellis.events.lease.LeaseBucket.Written;
import dev.trellis.scheduler.port.Leases;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One process's contest for one lattice, turn by turn. All times are on its own monotonic clock: an
 * owner counts from before its last successful write was sent, a standby from when it first saw
 * that write, so the owner knows that it lost before anybody takes over.
 */
final class Contender {
    private final LeaseBucket bucket;
    private final String key;
    private final LeaseSettings settings;
    private final LongSupplier nanoTime;
    private final Supplier<String> wallTime;
    private final Leases.Listener listener;

    private volatile Optional<Claim> held = Optional.empty();
    private long heldRevision;
    private long renewed;
    private boolean renewalInDoubt;
    private long seenRevision;
    private long seenSince;
    private volatile Optional<String> owner = Optional.empty();

    Contender(
            LeaseBucket bucket,
            String key,
            LeaseSettings settings,
            LongSupplier nanoTime,
            Supplier<String> wallTime,
            Leases.Listener listener) {
        this.bucket = bucket;
        this.key = key;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.wallTime = wallTime;
        this.listener = listener;
    }

    /** Who owns the lattice, as far as the last turn saw. */
    Optional<String> owner() {
        return owner;
    }

    boolean holds() {
        return held.isPresent();
    }

    /**
     * @return how long to wait before the next turn
     */
    Duration turn() {
        return held.isPresent() ? ownersTurn(held.get()) : standbysTurn();
    }

    /** Gives the key back, where held, so that a standby finds it free at its next look. */
    void giveUp() {
        if (held.isEmpty()) {
            return;
        }
        lose();
        try {
            bucket.delete(key, heldRevision);
        } catch (UnavailableException _) {
            // Then it is free when its time is over.
            owner = Optional.empty();
        }
    }

    private Duration ownersTurn(Claim claim) {
        long age = nanoTime.getAsLong() - renewed;
        long left = settings.freeAfter().toNanos() - age;
        if (left <= 0) {
            lose();
            return Duration.ZERO;
        }
        // A request that may outlast the lease is not begun: nobody would look at the time.
        if (left <= settings.requestTimeout().toNanos()) {
            return Duration.ofNanos(left);
        }
        if (age < settings.renewEvery().toNanos() && !renewalInDoubt) {
            return settings.renewEvery().minusNanos(age);
        }
        return renew(claim);
    }

    private Duration renew(Claim claim) {
        long sent = nanoTime.getAsLong();
        try {
            switch (bucket.write(key, claim, heldRevision)) {
                case Written.At(long revision) -> hold(claim, revision, sent);
                case Written.Conflict() -> conflict(claim);
            }
        } catch (UnavailableException _) {
            renewalInDoubt = true;
            return retryWait();
        }
        return held.isPresent() && !renewalInDoubt ? settings.renewEvery() : Duration.ZERO;
    }

    /** The write that came between may be one of our own, whose answer did not reach us. */
    private void conflict(Claim claim) throws UnavailableException {
        if (renewalInDoubt) {
            var now = bucket.get(key);
            if (now.isPresent() && now.get().claim().equals(claim)) {
                heldRevision = now.get().revision();
                return;
            }
            if (now.isEmpty() && heldRevision != 0) {
                // The bucket was deleted and made again; whoever creates the key first has it.
                heldRevision = 0;
                return;
            }
        }
        lose();
    }

    private Duration retryWait() {
        return settings.renewEvery().dividedBy(10);
    }

    private Duration standbysTurn() {
        try {
            var entry = bucket.get(key);
            if (entry.isEmpty()) {
                seenRevision = 0;
                owner = Optional.empty();
                return take(0);
            }
            return isFree(entry.get()) ? take(entry.get().revision()) : settings.pollEvery();
        } catch (UnavailableException _) {
            // Silence of the bucket says nothing of the owner, whose writes it may still take.
            seenRevision = 0;
            return settings.pollEvery();
        }
    }

    private boolean isFree(Entry entry) {
        owner = Optional.of(entry.claim().owner());
        long now = nanoTime.getAsLong();
        if (entry.revision() != seenRevision) {
            seenRevision = entry.revision();
            seenSince = now;
        }
        return now - seenSince >= settings.freeAfter().toNanos();
    }

    private Duration take(long expected) throws UnavailableException {
        long sent = nanoTime.getAsLong();
        var claim = new Claim(settings.process(), wallTime.get());
        return switch (bucket.write(key, claim, expected)) {
            case Written.At(long revision) -> {
                hold(claim, revision, sent);
                listener.acquired();
                yield settings.renewEvery();
            }
            case Written.Conflict() -> settings.pollEvery();
        };
    }

    private void hold(Claim claim, long revision, long sent) {
        held = Optional.of(claim);
        heldRevision = revision;
        renewed = sent;
        renewalInDoubt = false;
        owner = Optional.of(claim.owner());
    }

    private void lose() {
        held = Optional.empty();
        renewalInDoubt = false;
        seenRevision = 0;
        owner = Optional.empty();
        listener.lost();
    }
}
