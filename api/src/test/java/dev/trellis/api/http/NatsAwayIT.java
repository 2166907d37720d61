package dev.trellis.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.LatticeName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class NatsAwayIT {
    private static final String APP = "/api/v1/lattices/away/apps/shop";

    @Test
    void everyCallSaysThatNatsIsAwayAndGoesOnByItselfWhenItIsBack() {
        try (var server = NatsServer.start();
                var api = new HttpApi(server)) {
            api.owner.owned.add(new LatticeName("away"));
            assertThat(api.put(APP, Yaml.app("shop", "v1", 1)).status()).isEqualTo(201);

            server.stop();
            await(() -> api.get("/api/v1/lattices").status() == 503);

            for (var path : List.of("", "/versions", "/status", "/history", "/diff", "/watch")) {
                assertAway(api.get(APP + path));
            }
            for (var path : List.of("/deploy", "/undeploy", "/hold", "/plan", "/rebalance")) {
                assertAway(api.post(APP + path, ""));
            }
            assertAway(api.get("/api/v1/lattices/away"));
            assertAway(api.get("/api/v1/lattices/away/limits"));
            assertAway(api.get("/api/v1/lattices/away/hosts"));
            assertAway(api.put(APP, Yaml.app("shop", "v2", 2)));
            assertThat(
                            api.post(
                                            "/api/v1/validate",
                                            Yaml.app("shop", "v1", 1),
                                            "Content-Type",
                                            "application/yaml")
                                    .status())
                    .as("needs nobody")
                    .isEqualTo(200);

            server.restart();
            await(() -> api.put(APP, Yaml.app("shop", "v2", 2)).status() == 201);
            await(() -> api.get("/api/v1/lattices").body().contains("away"));
            await(() -> api.get(APP + "/history").body().contains("put v2"));
        }
    }

    @Test
    void aRequestsIdIsOnTheLinesThatItCaused() {
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var log = (Logger) LoggerFactory.getLogger(VerbHistory.class);
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        try (var server = NatsServer.start();
                var api = new HttpApi(server)) {
            assertThat(api.put(APP, Yaml.app("shop", "v1", 1), "X-Request-Id", "r-1").status())
                    .isEqualTo(201);
        } finally {
            log.detachAppender(lines);
            log.setLevel(null);
        }
        assertThat(lines.list)
                .extracting(line -> line.getMDCPropertyMap().get("request"))
                .containsExactly("r-1");
    }

    private static void assertAway(HttpApi.Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        assertThat(reply.json().path("code").asText()).isEqualTo("StoreUnavailable");
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 30 s");
            }
            LockSupport.parkNanos(50_000_000);
        }
    }
}
