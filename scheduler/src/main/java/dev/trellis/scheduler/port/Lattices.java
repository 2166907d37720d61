package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.LatticeName;
import java.util.Set;

/** Which lattices there are. */
public interface Lattices {
    /** Those that the event stream names; empty when it can't be read at this moment. */
    Set<LatticeName> seen();
}
