package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.rollout.Note;
import dev.trellis.scheduler.rollout.Question;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.wanted.Owned;
import java.util.Map;
import java.util.Optional;

/** What a turn asks the shell to do, in this order. Each answer comes back as an {@link Input}. */
public sealed interface Effect {
    record Ping() implements Effect {}

    record AskInventory(HostId host) implements Effect {}

    record AskLinks() implements Effect {}

    record AskConfig(String name) implements Effect {}

    record ReadRevision(AppName app, String uid, int n) implements Effect {}

    /** Compare-and-set of an owned record; {@code expected} is the revision last seen. */
    record WriteOwned(AppName app, Owned owned, long expected) implements Effect {}

    /** {@code reason} is one of a few constant words. */
    record Send(AppName app, Command command, String reason) implements Effect {}

    /** The host was away for so long that what people asked of it is dropped. */
    record DropMark(HostId host, long expected) implements Effect {}

    record NoteGood(AppName app, String uid, int n) implements Effect {}

    /**
     * Compare-and-set of a rollout record, or (empty) its removal; {@code expected} is the revision
     * last seen.
     */
    record WriteRollout(AppName app, Optional<RolloutRecord> rollout, long expected)
            implements Effect {}

    /** A rollback put the content of version {@code n} in quarantine. */
    record Reject(AppName app, String uid, int n) implements Effect {}

    /** A rollback is done: {@code to} becomes the desired version, if it still is {@code from}. */
    record Restore(AppName app, String uid, int from, int to) implements Effect {}

    /** A gate is to be asked, with the references that are rolled out and those they replace. */
    record AskGate(
            AppName app,
            Question question,
            Map<String, String> candidate,
            Map<String, String> stable)
            implements Effect {}

    /** A rollout went on; for the history. */
    record NoteRollout(AppName app, RolloutRecord rollout, Note note) implements Effect {}

    record Publish(AppStatus status) implements Effect {}
}
