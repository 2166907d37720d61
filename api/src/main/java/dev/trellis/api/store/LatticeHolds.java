package dev.trellis.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.wanted.AppRecord.Hold;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The hold in {@code limits.<lattice>}; the record's other members are left as they are. */
final class LatticeHolds {
    private final KvBucket bucket;

    LatticeHolds(KvBucket bucket) {
        this.bucket = bucket;
    }

    /** One that is held already keeps who held it first. */
    Hold hold(LatticeName lattice, Hold hold) {
        return change(lattice, before -> before.or(() -> Optional.of(hold))).orElse(hold);
    }

    void release(LatticeName lattice) {
        var _ = change(lattice, _ -> Optional.empty());
    }

    private Optional<Hold> change(LatticeName lattice, UnaryOperator<Optional<Hold>> change) {
        var key = Keys.limits(lattice);
        var attempts = new Attempts();
        while (attempts.another()) {
            var entry = bucket.get(key);
            var json =
                    entry.map(e -> (ObjectNode) StoreJson.parse(e.value()))
                            .orElseGet(StoreJson.MAPPER::createObjectNode);
            var before = StoreJson.hold(json);
            var after = change.apply(before);
            if (after.equals(before)) {
                return after;
            }
            StoreJson.putHold(json, after);
            long expected = entry.map(KvBucket.Entry::revision).orElse(0L);
            if (bucket.update(key, StoreJson.bytes(json), expected)
                    instanceof WriteOutcome.Written) {
                return after;
            }
        }
        throw attempts.exhausted(key);
    }
}
