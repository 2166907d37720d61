package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.function.Consumer;

/**
 * Changes labels of live hosts. They are in the host's memory only: after its next start it has
 * those that it is started with.
 */
public interface HostLabels {
    /**
     * Sets a label; one that is there gets the new value. Does not wait.
     *
     * @param whenAnswered called exactly once, on any thread. Refused: a host does not change
     *     labels that start with {@code hostcore.}
     */
    void put(
            LatticeName lattice,
            HostId host,
            String key,
            String value,
            Consumer<CommandBus.Answer> whenAnswered);

    /** Removes a label; one that isn't there is removed as well. Does not wait. */
    void delete(
            LatticeName lattice, HostId host, String key, Consumer<CommandBus.Answer> whenAnswered);
}
