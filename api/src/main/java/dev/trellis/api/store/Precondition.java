package dev.trellis.api.store;

import java.util.Optional;
import java.util.Set;

/**
 * What must hold of a stored record before it is changed.
 *
 * @param ifMatch revisions of which it must have one; empty: any, also none
 * @param mustExist the caller said {@code If-Match: *}
 * @param mustNotExist the caller said {@code If-None-Match: *}
 */
public record Precondition(Optional<Set<Long>> ifMatch, boolean mustExist, boolean mustNotExist) {
    public static final Precondition NONE = new Precondition(Optional.empty(), false, false);

    public Precondition {
        ifMatch = ifMatch.map(Set::copyOf);
    }

    public boolean holds(Optional<StoredApp> stored) {
        return holds(stored.map(app -> app.record().revision()).orElse(0L));
    }

    /** Of a record at this revision; 0: there is none. */
    public boolean holds(long revision) {
        if ((mustNotExist && revision != 0) || (mustExist && revision == 0)) {
            return false;
        }
        return ifMatch.map(wanted -> wanted.contains(revision)).orElse(true);
    }
}
