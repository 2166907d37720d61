package dev.trellis.events.lease;

import java.util.Optional;

/** Keys with revisions, written by compare-and-set. */
interface LeaseBucket {
    /** One stored key. */
    record Entry(Claim claim, long revision) {}

    /** What a compare-and-set came to. */
    sealed interface Written {
        record At(long revision) implements Written {}

        /** Somebody else wrote first. */
        record Conflict() implements Written {}
    }

    /** No answer in time, or the bucket is away; nothing is known of a write. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1;

        UnavailableException(String what, Throwable cause) {
            super(what, cause);
        }

        UnavailableException(String what) {
            super(what);
        }
    }

    Optional<Entry> get(String key) throws UnavailableException;

    /**
     * @param expected revision last seen; 0: the key must not exist
     */
    Written write(String key, Claim claim, long expected) throws UnavailableException;

    /** Deletes the key if its revision is still {@code expected}; no-op otherwise. */
    void delete(String key, long expected) throws UnavailableException;
}
