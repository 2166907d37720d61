package dev.trellis.scheduler.step;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.wanted.HostMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people asked of hosts, and when each of these hosts was there last. A host that this owner
 * never saw counts as seen when its mark came, so a change of owner can only keep a mark longer.
 */
final class HostMarks {
    /** Hosts mostly come back under a new id (lattice-protocol 4.1): their marks would pile up. */
    private static final Duration KEPT = Duration.ofHours(24);

    /** A drop that was not written is tried again. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final SortedMap<HostId, HostMark> marks = new TreeMap<>();
    private final Map<HostId, Long> revisions = new TreeMap<>();
    private final Map<HostId, Instant> dropAt = new TreeMap<>();

    void stored(HostId host, Optional<HostMark> mark, long revision, Instant now) {
        if (mark.isPresent()) {
            marks.put(host, mark.get());
            revisions.put(host, revision);
            dropAt.put(host, now.plus(KEPT));
        } else {
            marks.remove(host);
            revisions.remove(host);
            dropAt.remove(host);
        }
    }

    SortedMap<HostId, HostMark> all() {
        return Collections.unmodifiableSortedMap(marks);
    }

    Optional<HostMark> of(HostId host) {
        return Optional.ofNullable(marks.get(host));
    }

    /** Marks of hosts that were away for too long. */
    List<Effect.DropMark> due(Set<HostId> present, Instant now) {
        var due = new ArrayList<Effect.DropMark>();
        for (var at : dropAt.entrySet()) {
            var host = at.getKey();
            if (present.contains(host)) {
                at.setValue(now.plus(KEPT));
            } else if (!at.getValue().isAfter(now)) {
                due.add(new Effect.DropMark(host, revisions.getOrDefault(host, 0L)));
                at.setValue(now.plus(AGAIN));
            }
        }
        return due;
    }

    Instant nextDue() {
        return dropAt.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
    }
}
