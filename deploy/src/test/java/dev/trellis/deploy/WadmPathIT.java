package dev.trellis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trellis.fixtures.lattice.SimulatedHost;
import dev.trellis.fixtures.lattice.SimulatedLattice;
import dev.trellis.fixtures.lattice.SimulationSettings;
import dev.trellis.fixtures.local.TrellisHttp;
import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client of wadm does, on hosts. */
@Timeout(180)
class WadmPathIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String MANIFEST =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata:
              name: hello-app
              annotations: {version: %s}
            spec:
              components:
                - name: hello
                  type: component
                  properties: {image: "file:///components/%s.wasm"}
                  traits:
                    - type: spreadscaler
                      properties:
                        instances: 3
                        spread:
                          - name: zone-a
                            requirements: {zone: a}
                - name: httpserver
                  type: capability
                  properties: {image: "wasmcloud+builtin://http-server"}
                  traits:
                    - type: link
                      properties:
                        target: {name: hello}
                        namespace: wasi
                        package: http
                        interfaces: [incoming-handler]
                        source:
                          config:
                            - name: default-http
                              properties: {address: "127.0.0.1:8080"}
            """;

    private final NatsServer server = NatsServer.start();
    private final List<JsonNode> statuses = new CopyOnWriteArrayList<>();
    private SimulatedLattice lattice;
    private Connection client;

    @BeforeEach
    void start() throws Exception {
        lattice =
                SimulatedLattice.start(
                        server.url(),
                        "default",
                        SimulationSettings.DEFAULTS
                                .withHosts(2)
                                .withHeartbeat(Duration.ofSeconds(2))
                                .withLabels("zone=a"));
        client = Nats.connect(server.url());
        client.createDispatcher(m -> statuses.add(parse(m.getData())))
                .subscribe("wadm.status.default.hello-app");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        lattice.close();
        server.close();
    }

    @Test
    void anAppIsPutDeployedUpgradedUndeployedAndDeletedAsWithWadm() throws Exception {
        try (var _ = trellis()) {
            await("serves", () -> ask("list", "").isArray());
            assertThat(ask("put", MANIFEST.formatted("v1", "one")).path("result").asText())
                    .isEqualTo("created");
            assertThat(ask("deploy.hello-app", "").path("version").asText()).isEqualTo("v1");
            await("deployed", () -> type().equals("deployed"));
            assertThat(instances()).isEqualTo(3);

            var status = ask("status.hello-app", "").path("status");
            assertThat(texts(status.path("scalers"), "name"))
                    .containsExactly(
                            "hello_app-hello",
                            "hello_app-httpserver -(wasi:http)-> hello_app-hello",
                            "hello_app-httpserver");
            assertThat(texts(status.path("scalers"), "kind"))
                    .containsExactly("SpreadScaler", "LinkScaler", "SpreadScaler");

            ask("put", MANIFEST.formatted("v2", "two"));
            ask("deploy.hello-app", "{\"version\":\"v2\"}");
            await("upgraded", () -> type().equals("deployed") && deployed().equals("v2"));

            assertThat(ask("undeploy.hello-app", "").path("result").asText())
                    .isEqualTo("acknowledged");
            await("gone", () -> instances() == 0 && type().equals("undeployed"));
            var last = statuses.getLast();
            assertThat(last.at("/status/type").asText()).isEqualTo("undeployed");
            assertThat(last.at("/status/message").asText())
                    .isEqualTo("Manifest has been undeployed");

            assertThat(ask("del.hello-app", "").path("undeploy").asBoolean()).isTrue();
            assertThat(ask("list", "")).isEmpty();
        }
    }

    @Test
    void a59HeartbeatsThatChangeNothingBringNoStatus() throws Exception {
        try (var _ = trellis()) {
            await("serves", () -> ask("list", "").isArray());
            ask("put", MANIFEST.formatted("v1", "one"));
            ask("deploy.hello-app", "");
            await("deployed", () -> type().equals("deployed"));
            int before = statuses.size();

            var beats = new CopyOnWriteArrayList<String>();
            client.createDispatcher(m -> beats.add(m.getSubject()))
                    .subscribe("wasmbus.evt.default.host_heartbeat");
            await("eight heartbeats", () -> beats.size() >= 8);

            assertThat(statuses).hasSize(before);
        }
    }

    @Test
    void aPassiveTrellisObservesAndSendsNothingUntilItTakesOver() throws Exception {
        var wadm = Nats.connect(server.url());
        wadm.createDispatcher(m -> wadm.publish(m.getReplyTo(), new byte[] {'[', ']'}))
                .subscribe("wadm.api.>", "wadm_server");
        wadm.flush(Duration.ofSeconds(5));
        try (var trellis = trellis();
                var http = new TrellisHttp(trellis.address())) {
            await("ready though passive", http::ready);
            var path = "/api/v1/lattices/default/apps/probe";
            var put = http.putManifest(path + "?deploy=true", Path.of("examples/daemon.yaml"));
            assertThat(put.status()).as(put.body()).isLessThan(300);
            await(
                    "hosts are seen",
                    () ->
                            http.get("/api/v1/lattices/default/hosts").json().path("items").size()
                                    == 2);
            await(
                    "it says that it is held",
                    () -> http.get(path + "/status").body().contains("passive"));
            assertThat(lattice.hosts()).allSatisfy(h -> assertThat(running(h)).isZero());
        }
        try (var _ = trellis("--trellis.wadm.takeover=true")) {
            await("it runs", () -> lattice.hosts().stream().allMatch(h -> running(h) == 1));
        }
        wadm.close();
    }

    private Trellis trellis(String... more) throws InterruptedException {
        var settings = new ArrayList<String>();
        settings.add("--trellis.nats.url=" + server.url());
        settings.add("--trellis.http.port=0");
        settings.add("--trellis.instance=one");
        settings.addAll(List.of(more));
        return Trellis.start(settings.toArray(String[]::new));
    }

    private String type() throws Exception {
        return ask("status.hello-app", "").at("/status/status/type").asText();
    }

    private String deployed() throws Exception {
        return ask("list", "").path(0).path("deployed_version").asText();
    }

    private JsonNode ask(String operation, String payload) throws Exception {
        var reply =
                client.request(
                        "wadm.api.default.model." + operation,
                        payload.getBytes(StandardCharsets.UTF_8),
                        Duration.ofSeconds(5));
        return reply == null || reply.isStatusMessage()
                ? JSON.missingNode()
                : parse(reply.getData());
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private static List<String> texts(JsonNode array, String member) {
        var texts = new ArrayList<String>();
        array.forEach(entry -> texts.add(entry.path(member).asText()));
        return texts;
    }

    private long instances() {
        return lattice.hosts().stream().mapToLong(WadmPathIT::running).sum();
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
            assertThat(System.nanoTime() - end)
                    .as("%s; %s", claim, statuses.isEmpty() ? "no status" : statuses.getLast())
                    .isNegative();
            LockSupport.parkNanos(50_000_000);
        }
    }
}
