package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import java.time.Instant;
import java.util.Optional;

final class FakeWantedStoreTest extends WantedStoreContract {
    private final FakeWantedStore store = new FakeWantedStore();

    @Override
    protected WantedStore store() {
        return store;
    }

    @Override
    protected void putLimits(LatticeName lattice, LatticeLimits limits) {
        store.limits(lattice, limits);
    }

    @Override
    protected void drain(LatticeName lattice, HostId host, String by, String reason) {
        var note = new HostMark.Note(by, Instant.parse("2026-11-22T10:00:00Z"), reason);
        store.mark(lattice, host, Optional.of(new HostMark(note, Optional.of(note))));
    }

    @Override
    protected void uncordon(LatticeName lattice, HostId host) {
        store.mark(lattice, host, Optional.empty());
    }
}
