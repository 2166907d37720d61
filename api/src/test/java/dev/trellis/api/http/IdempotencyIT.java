package dev.trellis.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IdempotencyIT {
    private final NatsServer server = NatsServer.start();
    private final HttpApi api = new HttpApi(server);

    @AfterAll
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void theFirstAnswerIsGivenAgainThoughTheWorldHasChanged() {
        var path = "/api/v1/lattices/again/apps/shop";
        assertThat(api.put(path, Yaml.app("shop", "v1", 1)).status()).isEqualTo(201);

        var first = api.post(path + "/deploy", "", "Idempotency-Key", "k1");
        assertThat(api.post(path + "/undeploy", "").status()).isEqualTo(202);
        var again = api.post(path + "/deploy", "", "Idempotency-Key", "k1");

        assertThat(again.status()).isEqualTo(first.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
        assertThat(api.get(path + "/status?summary=true").json().has("deployedVersion")).isFalse();
        assertThat(api.post(path + "/deploy", "", "Idempotency-Key", "k2").status()).isEqualTo(202);
    }

    @Test
    void aRefusalIsGivenAgainToo() {
        var path = "/api/v1/lattices/refused/apps/shop";
        var first = api.post(path + "/deploy", "", "Idempotency-Key", "k");
        assertThat(first.status()).isEqualTo(404);
        assertThat(api.put(path, Yaml.app("shop", "v1", 1)).status()).isEqualTo(201);

        assertThat(api.post(path + "/deploy", "", "Idempotency-Key", "k").body())
                .isEqualTo(first.body());
    }

    @Test
    void aKeyThatComesWithAnotherBodyIsRefused() {
        var path = "/api/v1/lattices/other/apps/shop";
        assertThat(api.put(path, Yaml.app("shop", "v1", 1), "Idempotency-Key", "k").status())
                .isEqualTo(201);

        var other = api.put(path, Yaml.app("shop", "v2", 2), "Idempotency-Key", "k");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("code").asText()).isEqualTo("IdempotencyKeyReused");
        assertThat(api.put(path, Yaml.app("shop", "v2", 2), "Idempotency-Key", "").status())
                .isIn(201, 400);
    }

    @Test
    void ofManyAtOnceOneIsDoneAndAllGetItsAnswer() throws Exception {
        var path = "/api/v1/lattices/many/apps";
        var document = Yaml.app("shop", "v1", 1).replace("        version: v1\n", "");
        Callable<HttpApi.Reply> put =
                () ->
                        api.post(
                                path,
                                document,
                                "Idempotency-Key",
                                "k",
                                "Content-Type",
                                "application/yaml");
        var bodies = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<HttpApi.Reply>>();
            for (int i = 0; i < 20; i++) {
                calls.add(put);
            }
            for (var call : threads.invokeAll(calls)) {
                assertThat(call.get().status()).isEqualTo(201);
                bodies.add(call.get().body());
            }
        }
        assertThat(bodies).hasSize(1);
    }
}
