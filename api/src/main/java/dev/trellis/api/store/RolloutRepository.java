package dev.trellis.api.store;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.rollout.Intent;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageApproval;
import java.util.Optional;

/**
 * The rollout of an app, running or last. Verbs are appended to it, for the loop to apply; it
 * throws {@code StoreUnavailableException} when the store does not answer.
 */
public final class RolloutRepository {
    private final KvBucket bucket;

    public RolloutRepository(KvBucket bucket) {
        this.bucket = bucket;
    }

    /** Reads the record from the bucket itself; empty: there never was a rollout. */
    public Optional<RolloutRecord> find(LatticeName lattice, AppName app) {
        return bucket.get(Keys.rollout(lattice, app)).map(entry -> RolloutJson.read(entry.value()));
    }

    /**
     * Appends a verb, once for each client id.
     *
     * @param id of the rollout that is meant; another one is left alone
     * @return the record with it; empty when another rollout has taken its place
     */
    public Optional<RolloutRecord> append(
            LatticeName lattice, AppName app, String id, Intent intent) {
        var key = Keys.rollout(lattice, app);
        var attempts = new Attempts();
        while (attempts.another()) {
            var entry = bucket.get(key);
            var record = entry.map(e -> RolloutJson.read(e.value())).filter(r -> r.id().equals(id));
            if (record.isEmpty()) {
                return Optional.empty();
            }
            var after = record.get().withIntent(intent);
            if (after.equals(record.get())) {
                return record; // said before
            }
            long revision = entry.orElseThrow().revision();
            if (bucket.update(key, RolloutJson.write(after), revision)
                    instanceof WriteOutcome.Written) {
                return Optional.of(after);
            }
        }
        throw attempts.exhausted(key);
    }

    /** Agrees to a stage of one rollout; who did so first is kept. */
    public StageApproval approve(
            LatticeName lattice, AppName app, String rollout, int stage, StageApproval approval) {
        var key = Keys.approval(lattice, app, rollout, stage);
        return switch (bucket.create(key, ApprovalJson.write(approval))) {
            case WriteOutcome.Written _ -> approval;
            case WriteOutcome.Conflict() ->
                    bucket.get(key).map(e -> ApprovalJson.read(e.value())).orElse(approval);
        };
    }

    /** Who agreed to a stage. */
    public Optional<StageApproval> approval(
            LatticeName lattice, AppName app, String rollout, int stage) {
        return bucket.get(Keys.approval(lattice, app, rollout, stage))
                .map(e -> ApprovalJson.read(e.value()));
    }
}
