package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.util.List;

/**
 * Something that a decision came to, for the history.
 *
 * @param what one constant word, such as {@code StageEntered}
 */
public record Note(String what, String message, List<HostId> hosts) {
    public Note {
        hosts = List.copyOf(hosts);
    }
}
