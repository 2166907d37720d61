package dev.trellis.scheduler.step;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.rollout.Evidence;
import dev.trellis.scheduler.rollout.GateAnswer;
import dev.trellis.scheduler.rollout.Note;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageApproval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An app's rollout in the owner's memory: the record as stored, and what is not worth a write. */
final class Rolling {
    private final Map<String, Map<Integer, StageApproval>> approvals = new HashMap<>();
    private @Nullable RolloutRecord record;
    private @Nullable RolloutRecord written;
    private List<Note> noted = List.of();

    final List<GateAnswer> answers = new ArrayList<>();
    final List<Note> told = new ArrayList<>();
    long revision;
    boolean writing;
    Instant writtenAt = Instant.MIN;
    Evidence evidence = new Evidence();
    Set<HostId> released = Set.of();

    /** The record, as far as it was decided; absent: there never was a rollout. */
    Optional<RolloutRecord> record() {
        return Optional.ofNullable(record);
    }

    /** What was decided and changes nothing that anybody has to know. */
    void progressed(RolloutRecord newer) {
        record = newer;
    }

    /** A record is on its way to the store; {@code notes} are told once it is there. */
    void write(RolloutRecord newer, List<Note> notes, Instant now) {
        writing = true;
        written = newer;
        noted = List.copyOf(notes);
        writtenAt = now;
    }

    void notWritten() {
        writing = false;
        written = null;
        noted = List.of();
    }

    void stored(Optional<RolloutRecord> newer, long at) {
        if (newer.isEmpty()) {
            record = null;
            revision = 0;
            notWritten();
            approvals.clear();
            return;
        }
        if (at <= revision) {
            return;
        }
        revision = at;
        boolean ours =
                written != null
                        && written.id().equals(newer.get().id())
                        && written.generation() == newer.get().generation();
        if (ours) {
            told.addAll(noted);
        }
        if (record == null || !record.id().equals(newer.get().id())) {
            evidence = new Evidence();
            released = Set.of();
            answers.clear();
        }
        record = newer.get();
        notWritten();
    }

    void approved(String rollout, int stage, Optional<StageApproval> approval) {
        var ofRollout = approvals.computeIfAbsent(rollout, _ -> new HashMap<>());
        approval.ifPresentOrElse(a -> ofRollout.put(stage, a), () -> ofRollout.remove(stage));
    }

    Map<Integer, StageApproval> approvals(String rollout) {
        return Map.copyOf(approvals.getOrDefault(rollout, Map.of()));
    }
}
