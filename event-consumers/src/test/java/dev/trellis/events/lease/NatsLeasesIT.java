package dev.trellis.events.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.events.connection.NatsFixture;
import dev.trellis.scheduler.port.Leases;
import dev.trellis.scheduler.port.LeasesContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NatsLeasesIT extends LeasesContract {
    private final NatsFixture nats = new NatsFixture();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Leases> processes = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        processes.forEach(Leases::close);
        nats.close();
    }

    @Override
    protected Leases process(String name) throws Exception {
        return process(name, nats.connect());
    }

    private Leases process(String name, Connection connection) {
        var leases = new NatsLeases(connection, LeaseSettings.DEFAULTS.withProcess(name), meters);
        processes.add(leases);
        return leases;
    }

    @Test
    void aProcessThatDiesIsReplaced() throws Exception {
        var connection = nats.connect();
        process("a", connection).contend(BLUE, listener("a"));
        assertThat(next()).isEqualTo("a acquired");
        process("b").contend(BLUE, listener("b"));

        connection.close();

        assertThat(next()).isEqualTo("a lost");
        assertThat(next()).isEqualTo("b acquired");
    }

    @Test
    void withoutNatsTheOwnerKnowsThatItLost() throws Exception {
        process("a").contend(BLUE, listener("a"));
        assertThat(next()).isEqualTo("a acquired");

        nats.server().stop();
        assertThat(next()).isEqualTo("a lost");
        nats.server().restart();

        assertThat(next()).isEqualTo("a acquired");
    }

    @Test
    void aDeletedBucketIsMadeAgain() throws Exception {
        process("a").contend(BLUE, listener("a"));
        assertThat(next()).isEqualTo("a acquired");
        var management = nats.connect().keyValueManagement();

        management.delete("trellis_leases");

        NatsFixture.await("bucket", () -> management.getBucketNames().contains("trellis_leases"));
        assertThat(meters.get("trellis.leases.owned").gauge().value()).isEqualTo(1);
    }
}
