package dev.trellis.scheduler.wanted;

import java.time.Instant;
import java.util.Optional;

/**
 * What people asked of a host, under {@code host.<lattice>.<id>}. A host with a mark is cordoned:
 * it keeps what it has and gets nothing.
 *
 * @param cordoned who took the host out of use first
 * @param draining who asked that its work moves away as well; absent: it stays
 */
public record HostMark(Note cordoned, Optional<Note> draining) {
    /** Who asked, when, and why; {@code reason} may be empty. */
    public record Note(String by, Instant at, String reason) {}
}
