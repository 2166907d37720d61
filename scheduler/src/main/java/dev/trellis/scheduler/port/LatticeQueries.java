package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.Link;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Asks hosts what they have. No call waits; each answer comes later, on any thread. */
public interface LatticeQueries {
    /**
     * One {@code host.ping}; every host that lives answers it, also while it compiles.
     *
     * @param onPong called for each answer, up to 10 s after the ping
     * @param onNobody called when the server says that nobody is subscribed: the lattice is empty
     */
    void ping(LatticeName lattice, Consumer<Pong> onPong, Runnable onNobody);

    /** {@code host.get}; held up by the host while it starts a component (trap 40). */
    void inventory(LatticeName lattice, HostId host, Consumer<Reply<HostInventory>> onReply);

    /** All links of the lattice, as one host knows them. */
    void links(LatticeName lattice, Consumer<Reply<List<Link>>> onReply);

    /** The values of a config; {@link Reply.Absent} when there is none of this name. */
    void config(
            LatticeName lattice, String name, Consumer<Reply<SortedMap<String, String>>> onReply);

    /**
     * @param uptimeSeconds 0 where the host did not say
     */
    record Pong(
            HostId host,
            String friendlyName,
            String version,
            long uptimeSeconds,
            SortedMap<String, String> labels) {}

    /** The answer to a query. Only {@link Found} and {@link Absent} say anything of the lattice. */
    sealed interface Reply<T> {
        record Found<T>(T value) implements Reply<T> {}

        record Absent<T>() implements Reply<T> {}

        /** Nobody is subscribed to the subject. */
        record NoResponders<T>() implements Reply<T> {}

        /** No usable answer within the timeout: unknown, not absent. */
        record Silent<T>(String reason) implements Reply<T> {}
    }
}
