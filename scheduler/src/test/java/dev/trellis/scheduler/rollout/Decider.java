package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The rules as a world uses them; a mutant breaks one. */
interface Decider {
    Decider REAL = new Decider() {};

    default Decision decide(
            RolloutRecord record,
            Snapshot seen,
            Instant now,
            Map<Integer, StageApproval> approvals,
            List<GateAnswer> answers) {
        return Rollout.decide(record, seen, now, approvals, answers);
    }

    default Target target(RolloutRecord record, HostId host, SortedMap<String, String> labels) {
        return Target.of(record, host, labels);
    }

    /** Whether a host that runs something is stopped, and seen stopped, before it starts anew. */
    default boolean stopsFirst() {
        return true;
    }
}
