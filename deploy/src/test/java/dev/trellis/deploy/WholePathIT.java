package dev.trellis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.fixtures.lattice.SimulatedHost;
import dev.trellis.fixtures.lattice.SimulatedLattice;
import dev.trellis.fixtures.lattice.SimulationSettings;
import dev.trellis.fixtures.local.TrellisHttp;
import dev.trellis.fixtures.nats.NatsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From an HTTP request to running components and back, through a real nats-server. */
@Timeout(120)
class WholePathIT {
    private static final String APP = "/api/v1/lattices/default/apps/hello";
    private static final Path HELLO = Path.of("examples/hello.yaml");
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final NatsServer server = NatsServer.start();
    private SimulatedLattice lattice;
    private Trellis trellis;
    private TrellisHttp http;

    @BeforeEach
    void start() throws InterruptedException {
        lattice =
                SimulatedLattice.start(
                        server.url(),
                        "default",
                        SimulationSettings.DEFAULTS
                                .withHosts(9)
                                .withHeartbeat(Duration.ofSeconds(5))
                                .withLabels("region={eu|us|ap}"));
        trellis = trellis("first");
        http = new TrellisHttp(trellis.address());
        await("ready", http::ready);
    }

    @AfterEach
    void stop() {
        http.close();
        trellis.close();
        lattice.close();
        server.close();
    }

    @Test
    void whatIsDeployedRunsAndWhatIsUndeployedIsGone() throws Exception {
        deploy();

        assertThat(instances()).isEqualTo(9);
        assertThat(lattice.hosts()).allSatisfy(host -> assertThat(running(host)).isEqualTo(1));

        var answer = http.post(APP + "/undeploy", "");
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        await("nothing left", () -> instances() == 0 && providers() == 0);
        await("Undeployed", () -> phase(http).equals("Undeployed"));
    }

    @Test
    void theWorkOfAHostThatVanishesMovesWithinItsRegion() throws Exception {
        deploy();
        var lost = lattice.host(0);

        lost.crash();

        await("9 instances on 8 hosts", () -> instances() == 9 && phase(http).equals("Deployed"));
        var region = String.valueOf(lost.labels().get("region"));
        assertThat(
                        lattice.hosts().stream()
                                .filter(host -> region.equals(host.labels().get("region")))
                                .filter(host -> host.life() == SimulatedHost.Life.RUNNING)
                                .mapToLong(WholePathIT::running)
                                .sum())
                .isEqualTo(3);
    }

    @Test
    void anyReplicaAnswersForTheOwnerAndTakesOverWhenItStops() throws Exception {
        deploy();
        try (var second = trellis("second");
                var other = new TrellisHttp(second.address())) {
            await("the second answers", () -> phase(other).equals("Deployed"));

            trellis.close();
            await("it owns the lattice now", () -> phase(other).equals("Deployed"));
            lattice.host(1).crash();
            await("it moves work", () -> instances() == 9);
        }
    }

    @Test
    void aRestartOfNatsIsSurvived() throws Exception {
        deploy();

        server.restart();

        await("it is back", () -> phase(http).equals("Deployed"));
        lattice.host(2).crash();
        await("it moves work", () -> instances() == 9);
    }

    private void deploy() throws Exception {
        var answer = http.putManifest(APP + "?deploy=true&wait=60s", HELLO);
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        await("Deployed", () -> phase(http).equals("Deployed"));
    }

    private Trellis trellis(String name) throws InterruptedException {
        return Trellis.start(
                "--trellis.nats.url=" + server.url(),
                "--trellis.http.port=0",
                "--trellis.instance=" + name);
    }

    private static String phase(TrellisHttp http) throws InterruptedException {
        try {
            var answer = http.get(APP + "/status");
            JsonNode status = answer.json();
            return answer.status() == 200 ? status.path("phase").asText() : "";
        } catch (IOException _) {
            return "";
        }
    }

    private long instances() {
        return lattice.hosts().stream()
                .filter(host -> host.life() == SimulatedHost.Life.RUNNING)
                .mapToLong(WholePathIT::running)
                .sum();
    }

    private int providers() {
        return lattice.hosts().stream().mapToInt(h -> h.inventory().providers().size()).sum();
    }

    private static long running(SimulatedHost host) {
        return host.inventory().components().stream()
                .mapToLong(component -> component.instances())
                .sum();
    }

    private interface Claim {
        boolean holds() throws InterruptedException;
    }

    private void await(String claim, Claim condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - end)
                    .as("%s; hosts %s, instances %d", claim, lattice.hosts(), instances())
                    .isNegative();
            LockSupport.parkNanos(50_000_000);
        }
    }
}
