package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.util.List;
import java.util.Set;

/**
 * What one look at a rollout came to. The record has to be written before anything that follows
 * from it is sent.
 *
 * @param record the next one; equal to the one looked at when nothing came of it
 * @param released hosts that are not on their target and may be stopped for it now
 */
public record Decision(
        RolloutRecord record, Set<HostId> released, List<Wish> wishes, List<Note> notes) {
    public Decision {
        released = Set.copyOf(released);
        wishes = List.copyOf(wishes);
        notes = List.copyOf(notes);
    }

    /** What a rollout wants done besides. Each is wished again until it is seen done. */
    public sealed interface Wish {
        /** The candidate becomes the app's last good version. */
        record NoteGood(Revision revision) implements Wish {}

        /** The candidate's content goes on the app's list of rejected ones. */
        record Reject(Revision revision, String reason) implements Wish {}

        /** The app's desired version becomes stable again, if it still is the candidate. */
        record Restore(Revision candidate, Revision stable) implements Wish {}

        record Ask(Question question) implements Wish {}
    }
}
