package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.LatticeName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keeps every event, and hands it over within the call that publishes it. */
public final class FakeEventSource implements EventSource {
    private final List<Published> published = new ArrayList<>();
    private final Set<Following> followings = new LinkedHashSet<>();

    private record Published(LatticeName lattice, LatticeEvent event, Instant at) {}

    private record Following(LatticeName lattice, Feed feed) {}

    @Override
    public synchronized Subscription follow(LatticeName lattice, Feed feed) {
        var following = new Following(lattice, feed);
        for (var past : List.copyOf(published)) {
            if (past.lattice().equals(lattice)) {
                feed.event(past.event(), past.at());
            }
        }
        feed.caughtUp();
        followings.add(following);
        return () -> followings.remove(following);
    }

    /** As a host would, at {@code at} on the server's clock. */
    public synchronized void publish(LatticeName lattice, LatticeEvent event, Instant at) {
        published.add(new Published(lattice, event, at));
        for (var following : List.copyOf(followings)) {
            if (following.lattice().equals(lattice)) {
                following.feed().event(event, at);
            }
        }
    }

    /** The connection goes, for everybody who follows. */
    public synchronized void disconnect() {
        List.copyOf(followings).forEach(following -> following.feed().disconnected());
    }

    /** It comes back. */
    public synchronized void reconnect() {
        List.copyOf(followings).forEach(following -> following.feed().reconnected());
    }

    /** The lattices that are followed now. */
    public synchronized Set<LatticeName> followed() {
        var lattices = new LinkedHashSet<LatticeName>();
        followings.forEach(following -> lattices.add(following.lattice()));
        return lattices;
    }
}
