package dev.trellis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trellis.fixtures.lattice.SimulatedHost;
import dev.trellis.fixtures.lattice.SimulatedLattice;
import dev.trellis.fixtures.lattice.SimulationSettings;
import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two tenants on one nats-server with the same lattice and the same app: hosts in an account of
 * their own each, imported under a prefix into the account that Trellis is in.
 */
@Timeout(180)
class TenantsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final NatsServer server =
            NatsServer.start(NatsServer.Options.DEFAULTS.withConfigLines(accounts()));
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private SimulatedLattice xHosts;
    private SimulatedLattice yHosts;
    private Trellis x;
    private Trellis y;
    private Connection client;

    private static String[] accounts() {
        var hosts =
                """
                  %1$s {
                    jetstream: enabled
                    users: [ { user: %1$s, password: %1$s } ]
                    exports: [
                      { stream: "wasmbus.evt.>" }
                      { service: "wasmbus.ctl.>", response_type: stream }
                    ]
                  }
                """;
        var imports =
                """
                      { stream: { account: %1$s, subject: "wasmbus.evt.>" }, prefix: %1$s }
                      { service: { account: %1$s, subject: "wasmbus.ctl.>" }, to: "%1$s.wasmbus.ctl.>" }
                """;
        return ("accounts {\n"
                        + hosts.formatted("x")
                        + hosts.formatted("y")
                        + """
                          t {
                            jetstream: enabled
                            users: [ { user: t, password: t } ]
                            imports: [
                        """
                        + imports.formatted("x")
                        + imports.formatted("y")
                        + "    ]\n  }\n}\n")
                .split("\n");
    }

    @BeforeEach
    void start() throws Exception {
        xHosts = lattice("x");
        yHosts = lattice("y");
        x = trellis("x");
        y = trellis("y");
        client = Nats.connect(server.url().replace("//", "//t:t@"));
        client.createDispatcher(m -> heard.add(m.getSubject())).subscribe("*.wadm.>");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        x.close();
        y.close();
        xHosts.close();
        yHosts.close();
        server.close();
    }

    @Test
    void c15AndC16EachTenantSeesItsOwnStateStatusAndCommands() throws Exception {
        await("x answers", () -> ask("x", "list", "").isArray());
        await("y answers", () -> ask("y", "list", "").isArray());
        put("y", 2);

        assertThat(ask("x", "list", "")).isEmpty();
        assertThat(ask("x", "get.shop", "").path("result").asText()).isEqualTo("notfound");
        ask("y", "deploy.shop", "");
        await("y's app runs", () -> instances(yHosts) == 2 && type("y").equals("deployed"));
        assertThat(instances(xHosts)).isZero();

        put("x", 3);
        ask("x", "deploy.shop", "");
        await("x's app runs", () -> instances(xHosts) == 3 && type("x").equals("deployed"));
        assertThat(instances(yHosts)).isEqualTo(2);

        ask("y", "undeploy.shop", "");
        await("y's app is gone", () -> instances(yHosts) == 0 && type("y").equals("undeployed"));
        assertThat(type("x")).isEqualTo("deployed");
        assertThat(instances(xHosts)).isEqualTo(3);

        ask("y", "del.shop", "");
        assertThat(ask("y", "list", "")).isEmpty();
        assertThat(ask("x", "list", "")).hasSize(1);
    }

    @Test
    void b02StreamsBucketsAndSubjectsCarryTheAccount() throws Exception {
        await("x answers", () -> ask("x", "list", "").isArray());
        await("y answers", () -> ask("y", "list", "").isArray());
        put("x", 1);
        put("y", 1);
        ask("x", "deploy.shop", "");
        await("status", () -> type("x").equals("deployed"));
        await(
                "y looks at its lattice",
                () ->
                        client.jetStreamManagement()
                                .getStreamNames()
                                .containsAll(List.of("KV_trellis_y_leases", "wasmbus_events_y")));

        var names = client.jetStreamManagement().getStreamNames();
        assertThat(names)
                .contains(
                        "KV_trellis_x",
                        "KV_trellis_y",
                        "KV_trellis_x_leases",
                        "KV_trellis_y_leases",
                        "wasmbus_events_x",
                        "wasmbus_events_y",
                        "wadm_events_x",
                        "wadm_events_y",
                        "wadm_status_x",
                        "wadm_status_y")
                .allMatch(name ->
                        name.endsWith("_x") || name.endsWith("_y") || name.endsWith("_leases"));
        assertThat(heard)
                .contains("x.wadm.evt.default.manifest_published", "x.wadm.status.default.shop")
                .noneMatch(subject ->
                        subject.startsWith("y.wadm.evt") || subject.startsWith("y.wadm.status"));
    }

    private SimulatedLattice lattice(String tenant) {
        return SimulatedLattice.start(
                server.url().replace("//", "//" + tenant + ":" + tenant + "@"),
                "default",
                SimulationSettings.DEFAULTS.withHosts(2).withHeartbeat(Duration.ofSeconds(5)));
    }

    private Trellis trellis(String tenant) throws InterruptedException {
        return Trellis.start(
                "--trellis.nats.url=" + server.url().replace("//", "//t:t@"),
                "--trellis.http.port=0",
                "--trellis.account=" + tenant,
                "--trellis.instance=" + tenant);
    }

    private void put(String tenant, int instances) throws Exception {
        var manifest =
                """
                apiVersion: core.oam.dev/v1beta1
                kind: Application
                metadata:
                  name: shop
                  annotations: {version: v1}
                spec:
                  components:
                    - name: api
                      type: component
                      properties: {image: "reg.example/api:1"}
                      traits:
                        - type: spreadscaler
                          properties: {instances: %d}
                """
                        .formatted(instances);
        assertThat(ask(tenant, "put", manifest).path("result").asText()).isEqualTo("created");
    }

    private String type(String tenant) throws Exception {
        return ask(tenant, "status.shop", "").at("/status/status/type").asText();
    }

    private JsonNode ask(String tenant, String operation, String payload) throws Exception {
        var reply =
                client.request(
                        tenant + ".wadm.api.default.model." + operation,
                        payload.getBytes(StandardCharsets.UTF_8),
                        Duration.ofSeconds(5));
        return reply == null || reply.isStatusMessage()
                ? JSON.missingNode()
                : JSON.readTree(reply.getData());
    }

    private static long instances(SimulatedLattice lattice) {
        return lattice.hosts().stream().mapToLong(TenantsIT::running).sum();
    }

    private static long running(SimulatedHost host) {
        return host.inventory().components().stream().mapToLong(c -> c.instances()).sum();
    }

    private interface Claim {
        boolean holds() throws Exception;
    }

    private void await(String claim, Claim condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - end).as("%s; heard %s", claim, heard).isNegative();
            LockSupport.parkNanos(50_000_000);
        }
    }
}
