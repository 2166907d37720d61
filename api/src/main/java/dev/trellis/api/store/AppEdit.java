package dev.trellis.api.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.scheduler.wanted.AppRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A copy of an app's record that can be changed. */
final class AppEdit {
    private final AppRecord from;
    private final List<AppRecord.Version> versions;
    private final TreeMap<Integer, Integer> restarts;
    private final List<String> rejected;
    private long revision;
    private OptionalInt deployed;
    private OptionalInt lastGood;
    private OptionalInt goodBefore;
    private Optional<AppRecord.Hold> hold;
    private boolean orphaned;
    private long deploys;

    private AppEdit(AppRecord from) {
        this.from = from;
        this.versions = new ArrayList<>(from.versions());
        this.restarts = new TreeMap<>(from.restarts());
        this.rejected = new ArrayList<>(from.rejected());
        this.revision = from.revision();
        this.deployed = from.deployed();
        this.lastGood = from.lastGood();
        this.goodBefore = from.goodBefore();
        this.hold = from.hold();
        this.orphaned = from.orphaned();
        this.deploys = from.deploys();
    }

    static AppEdit of(AppRecord from) {
        return new AppEdit(from);
    }

    @CanIgnoreReturnValue
    AppEdit revision(long now) {
        revision = now;
        return this;
    }

    @CanIgnoreReturnValue
    AppEdit add(AppRecord.Version version) {
        versions.add(version);
        return this;
    }

    /** Removes a version and every mention of it. */
    @CanIgnoreReturnValue
    AppEdit remove(int n) {
        versions.removeIf(v -> v.n() == n);
        restarts.remove(n);
        deployed = without(deployed, n);
        lastGood = without(lastGood, n);
        goodBefore = without(goodBefore, n);
        return this;
    }

    /** From now on what it runs belongs to it. */
    @CanIgnoreReturnValue
    AppEdit deployed(int n) {
        deployed = OptionalInt.of(n);
        orphaned = false;
        return this;
    }

    /**
     * Nothing is desired any more.
     *
     * @param orphan what runs is left running and belongs to nobody
     */
    @CanIgnoreReturnValue
    AppEdit undeployed(boolean orphan) {
        orphaned = orphan && (deployed.isPresent() || orphaned);
        deployed = OptionalInt.empty();
        return this;
    }

    @CanIgnoreReturnValue
    AppEdit good(int n) {
        goodBefore = lastGood;
        lastGood = OptionalInt.of(n);
        return this;
    }

    /** The content goes in quarantine. */
    @CanIgnoreReturnValue
    AppEdit reject(String hash) {
        rejected.add(hash);
        return this;
    }

    /** Something is asked for that a rollout may follow from. */
    @CanIgnoreReturnValue
    AppEdit anotherDeploy() {
        deploys++;
        return this;
    }

    @CanIgnoreReturnValue
    AppEdit restarted(int n) {
        restarts.merge(n, 1, Integer::sum);
        return this;
    }

    @CanIgnoreReturnValue
    AppEdit accept(String hash) {
        rejected.remove(hash);
        return this;
    }

    @CanIgnoreReturnValue
    AppEdit hold(Optional<AppRecord.Hold> now) {
        hold = now;
        return this;
    }

    AppRecord toRecord() {
        return new AppRecord(
                from.lattice(),
                from.name(),
                from.uid(),
                revision,
                versions,
                deployed,
                lastGood,
                goodBefore,
                restarts,
                rejected,
                hold,
                orphaned,
                from.adopted(),
                deploys);
    }

    private static OptionalInt without(OptionalInt value, int n) {
        return value.isPresent() && value.getAsInt() == n ? OptionalInt.empty() : value;
    }
}
