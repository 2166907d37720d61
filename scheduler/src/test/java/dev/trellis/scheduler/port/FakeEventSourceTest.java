package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.LatticeName;
import java.time.Instant;

final class FakeEventSourceTest extends EventSourceContract {
    private final FakeEventSource source = new FakeEventSource();

    @Override
    protected EventSource source() {
        return source;
    }

    @Override
    protected void publish(LatticeName lattice, String config) {
        source.publish(lattice, new LatticeEvent.ConfigSet(config), Instant.EPOCH);
    }
}
