package dev.trellis.api.store;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.Optional;
import java.util.Set;

/** Knows which versions of an app hosts still run: those are not trimmed. */
public interface InUse {
    /** Knows of none, so nothing is ever trimmed. */
    InUse UNKNOWN = (_, _) -> Optional.empty();

    /**
     * Numbers of versions that hosts run.
     *
     * @return empty when it can't be told at the moment: then all may be in use
     */
    Optional<Set<Integer>> versions(LatticeName lattice, AppName app);
}
