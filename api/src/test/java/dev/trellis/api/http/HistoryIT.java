package dev.trellis.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HistoryIT {
    private final NatsServer server = NatsServer.start();
    private final HttpApi api = new HttpApi(server);

    @AfterAll
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void whatPeopleAskedForIsToldNewestFirstInPages() {
        var path = "/api/v1/lattices/told/apps/shop";
        assertThat(api.put(path, Yaml.app("shop", "v1", 1)).status()).isEqualTo(201);
        assertThat(api.post(path + "/deploy", "").status()).isEqualTo(202);
        assertThat(
                        api.post(
                                        path + "/hold",
                                        "{\"reason\":\"night\"}",
                                        "Content-Type",
                                        "application/json")
                                .status())
                .isEqualTo(200);

        awaitEntries(path, 3);
        var first = api.get(path + "/history?limit=2").json();
        var second = api.get(path + "/history?cursor=" + first.path("next").asText()).json();

        assertThat(first.path("items").findValuesAsText("message"))
                .containsExactly("hold", "deploy v1");
        assertThat(first.path("items").get(0).path("reason").asText()).isEqualTo("night");
        assertThat(first.path("items").get(0).path("kind").asText()).isEqualTo("verb");
        assertThat(first.path("items").get(0).path("by").asText()).isEqualTo("anonymous");
        assertThat(first.path("items").get(0).path("seq").asLong()).isPositive();
        assertThat(second.path("items").findValuesAsText("message")).containsExactly("put v1");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void aVerbThatChangedNothingIsNotTold() {
        var path = "/api/v1/lattices/nothing/apps/shop";
        assertThat(api.put(path, Yaml.app("shop", "v1", 1)).status()).isEqualTo(201);
        assertThat(api.put(path, Yaml.app("shop", "v1", 1)).status()).isEqualTo(200);
        assertThat(api.post(path + "/release", "").status()).isEqualTo(200);
        assertThat(api.delete(path).status()).isEqualTo(200);

        awaitEntries(path, 2);
        assertThat(messages(path)).containsExactly("delete [\"v1\"]", "put v1");
    }

    @Test
    void anAppThatNeverWasHasNoHistory() {
        assertThat(api.get("/api/v1/lattices/never/apps/shop/history").status()).isEqualTo(404);
    }

    @Test
    void afterTheStreamIsLostNewEntriesAreKept() throws Exception {
        var path = "/api/v1/lattices/lost/apps/shop";
        assertThat(api.put(path, Yaml.app("shop", "v1", 1)).status()).isEqualTo(201);
        awaitEntries(path, 1);

        assertThat(api.nats.jetStreamManagement().deleteStream("trellis_history")).isTrue();
        assertThat(api.get(path + "/history").json().path("items")).isEmpty();
        assertThat(api.post(path + "/deploy", "").status()).isEqualTo(202);

        awaitEntries(path, 1);
        assertThat(messages(path)).containsExactly("deploy v1");
    }

    private List<String> messages(String path) {
        return api.get(path + "/history").json().path("items").findValuesAsText("message");
    }

    private void awaitEntries(String path, int count) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (messages(path).size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 20 s: " + messages(path));
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
