package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A lattice in memory that answers within the call. Hosts can be silent: they pong all the same.
 */
public final class FakeLatticeQueries implements LatticeQueries {
    private final SortedMap<HostId, HostInventory> hosts = new TreeMap<>();
    private final Set<HostId> compiling = new HashSet<>();
    private final Set<HostId> hung = new HashSet<>();
    private final List<Link> links = new ArrayList<>();
    private final SortedMap<String, SortedMap<String, String>> configs = new TreeMap<>();

    /** Adds the host, or changes what it has. */
    public synchronized void host(HostInventory inventory) {
        hosts.put(inventory.host(), inventory);
    }

    /** Nobody is subscribed for it any more. */
    public synchronized void remove(HostId host) {
        hosts.remove(host);
        compiling.remove(host);
        hung.remove(host);
    }

    /** It pongs, and does not answer {@code host.get}. */
    public synchronized void compiling(HostId host) {
        compiling.add(host);
    }

    /** It answers nothing, and is subscribed. */
    public synchronized void hung(HostId host) {
        hung.add(host);
    }

    public synchronized void link(Link link) {
        links.add(link);
    }

    public synchronized void config(String name, SortedMap<String, String> values) {
        configs.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(values)));
    }

    @Override
    public synchronized void ping(LatticeName lattice, Consumer<Pong> onPong, Runnable onNobody) {
        if (hosts.isEmpty()) {
            onNobody.run();
            return;
        }
        for (var host : List.copyOf(hosts.values())) {
            if (!hung.contains(host.host())) {
                onPong.accept(
                        new Pong(
                                host.host(),
                                host.friendlyName(),
                                host.version(),
                                host.uptimeSeconds(),
                                host.labels()));
            }
        }
    }

    @Override
    public synchronized void inventory(
            LatticeName lattice, HostId host, Consumer<Reply<HostInventory>> onReply) {
        var inventory = hosts.get(host);
        if (inventory == null) {
            onReply.accept(new Reply.NoResponders<>());
        } else if (compiling.contains(host) || hung.contains(host)) {
            onReply.accept(new Reply.Silent<>("no reply in time"));
        } else {
            onReply.accept(new Reply.Found<>(inventory));
        }
    }

    @Override
    public synchronized void links(LatticeName lattice, Consumer<Reply<List<Link>>> onReply) {
        onReply.accept(
                hosts.isEmpty()
                        ? new Reply.NoResponders<>()
                        : new Reply.Found<>(List.copyOf(links)));
    }

    @Override
    public synchronized void config(
            LatticeName lattice, String name, Consumer<Reply<SortedMap<String, String>>> onReply) {
        var values = configs.get(name);
        if (hosts.isEmpty()) {
            onReply.accept(new Reply.NoResponders<>());
        } else if (values == null) {
            onReply.accept(new Reply.Absent<>());
        } else {
            onReply.accept(new Reply.Found<>(values));
        }
    }
}
