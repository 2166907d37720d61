package dev.trellis.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.WantedStore;
import dev.trellis.scheduler.port.WantedStoreContract;
import dev.trellis.scheduler.wanted.LatticeLimits;
import org.junit.jupiter.api.AfterEach;

/** The bucket keeps the contract; another process on the same server makes the changes. */
final class KvWantedStoreIT extends WantedStoreContract {
    private final NatsServer server = NatsServer.start();
    private final RememberingCodec codec = new RememberingCodec();
    private final Store store = new Store(server, codec, StoreSettings.DEFAULTS);
    private final Store other = new Store(server, codec, StoreSettings.DEFAULTS);

    @AfterEach
    void stop() {
        store.close();
        other.close();
        server.close();
    }

    @Override
    protected WantedStore store() {
        return store.wanted;
    }

    @Override
    protected void putLimits(LatticeName lattice, LatticeLimits limits) {
        assertThat(other.lattices.put(lattice, limits, Precondition.NONE))
                .isInstanceOf(LatticeRepository.LimitsResult.Put.class);
    }

    @Override
    protected void drain(LatticeName lattice, HostId host, String by, String reason) {
        assertThat(other.lattices.drain(lattice, host, by, reason).changed()).isTrue();
    }

    @Override
    protected void uncordon(LatticeName lattice, HostId host) {
        assertThat(other.lattices.uncordon(lattice, host).changed()).isTrue();
    }
}
