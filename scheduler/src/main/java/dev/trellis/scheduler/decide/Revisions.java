package dev.trellis.scheduler.decide;

import java.util.Optional;

/** The stored versions of one app, worked out. */
public interface Revisions {
    /**
     * Finds one by its number.
     *
     * @return empty when it is not loaded yet, and then loading was asked for; a present empty when
     *     there is no such version any more
     */
    Optional<Optional<WantedApp>> at(int n);
}
