package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.LatticeName;
import java.util.Optional;

/**
 * Who owns a lattice. A lease is renewed every 500 ms and is free after 1.5 s, by one's own timer.
 * It only saves work: compare-and-set and absolute commands keep two owners harmless.
 */
public interface Leases extends AutoCloseable {
    /** Tries for the lease from now on, again and again, and tells the listener of each change. */
    void contend(LatticeName lattice, Listener listener);

    /** Gives the lease up at once, where held, and stops trying. */
    void release(LatticeName lattice);

    /** The name of the process that owns the lattice, as far as known here. */
    Optional<String> owner(LatticeName lattice);

    /** Gives up all leases. */
    @Override
    void close();

    /** Told on any thread, in order. */
    interface Listener {
        void acquired();

        void lost();
    }
}
