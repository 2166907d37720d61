package dev.trellis.events.command;

import dev.trellis.events.connection.NatsFixture;
import dev.trellis.events.connection.Requests;
import dev.trellis.fixtures.lattice.SimulatedHost;
import dev.trellis.fixtures.lattice.SimulatedLattice;
import dev.trellis.fixtures.lattice.SimulationSettings;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.port.HostLabels;
import dev.trellis.scheduler.port.HostLabelsContract;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class NatsHostLabelsIT extends HostLabelsContract {
    private final Map<HostId, SimulatedHost> hosts = new HashMap<>();
    private NatsFixture nats;
    private SimulatedLattice lattice;
    private Requests requests;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture();
        lattice =
                SimulatedLattice.start(
                        nats.server().url(),
                        LATTICE.value(),
                        SimulationSettings.DEFAULTS.withHosts(0));
        requests = new Requests(nats.connect());
    }

    @AfterEach
    void stop() throws Exception {
        requests.close();
        lattice.close();
        nats.close();
    }

    @Override
    protected HostLabels labels() {
        return new NatsHostLabels(requests, CommandSettings.DEFAULTS);
    }

    @Override
    protected HostId addHost() {
        var host = lattice.addHosts(1).getFirst();
        hosts.put(new HostId(host.id()), host);
        return new HostId(host.id());
    }

    @Override
    protected Map<String, String> labelsOf(HostId host) {
        return Objects.requireNonNull(hosts.get(host)).labels();
    }
}
