package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.fixtures.samples.WireSamples;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent is answered, once, in a shape that clients can read. {@code -Dtrellis.fuzz=N}
 * sets the number of requests, {@code -Dtrellis.seed=N} the seed.
 */
final class PayloadFuzzIT {
    private static final int REQUESTS = Integer.getInteger("trellis.fuzz", 2_000);
    private static final long SEED = Long.getLong("trellis.seed", 20_250_401);
    private static final int AT_ONCE = 100;
    private static final List<String> OPERATIONS =
            List.of(
                    "put",
                    "put",
                    "put",
                    "get.hello-app",
                    "get",
                    "list",
                    "versions.hello-app",
                    "del.hello-app",
                    "deploy.hello-app",
                    "undeploy.hello-app",
                    "status.hello-app",
                    "history.x",
                    "deploy.\u00fc",
                    "get.a*",
                    "bogus",
                    "put.x",
                    "list.x.y");
    private static final List<String> PAYLOADS =
            List.of(
                    "",
                    "{}",
                    "{\"version\":\"v0.0.1\"}",
                    "{\"version\":null,\"delete_all\":true}",
                    "a: &a [1,2]\nb: [*a,*a]",
                    "[".repeat(5_000),
                    "{\"a\":".repeat(5_000),
                    "\u0000",
                    "apiVersion: !!java.net.URL x");
    private static final List<Map<String, String>> HEADERS =
            List.of(
                    Map.of(),
                    Map.of("Content-Type", "application/json"),
                    Map.of("content-type", "application/yaml"),
                    Map.of("Content-Type", "x".repeat(2_000)));

    private record Sent(int number, String rest, CompletableFuture<Message> answer) {}

    @Test
    void everyPayloadIsAnsweredInAShapeThatClientsCanRead() {
        var random = new Random(SEED);
        var manifests = manifests();
        try (var server = NatsServer.start();
                var trellis = new Replica(server).serving();
                var client = new Client(server)) {
            for (int done = 0; done < REQUESTS; done += AT_ONCE) {
                var sent = new ArrayList<Sent>();
                for (int i = done; i < Math.min(REQUESTS, done + AT_ONCE); i++) {
                    var operation = pick(random, OPERATIONS);
                    var rest = "fuzz-" + random.nextInt(3) + ".model." + operation;
                    var payload =
                            mutated(
                                    random,
                                    operation.equals("put")
                                            ? pick(random, manifests)
                                            : pick(random, PAYLOADS));
                    sent.add(new Sent(i, rest, client.send(rest, payload, pick(random, HEADERS))));
                }
                for (var one : sent) {
                    var reply = Client.reply(one.rest(), one.answer().join());
                    assertThat(reply.path("message").asText())
                            .as(
                                    "seed %d, request %d, %s: %s",
                                    SEED, one.number(), one.rest(), reply)
                            .doesNotContain("internal error");
                }
            }
            assertThat(trellis.api.serves()).isTrue();
        }
    }

    private static List<String> manifests() {
        var all = new ArrayList<>(PAYLOADS);
        for (var line : Recording.of(WireSamples.wadmSession())) {
            if (line.isRequest() && line.rest().endsWith(".put")) {
                all.add(new String(line.payload(), StandardCharsets.UTF_8));
            }
        }
        for (var line : Recording.of(WireSamples.washSession())) {
            if (line.isRequest() && line.rest().endsWith(".put")) {
                all.add(new String(line.payload(), StandardCharsets.UTF_8));
            }
        }
        return all;
    }

    /** A third as it is; else a few bytes changed, taken out, doubled, or the end cut off. */
    private static byte[] mutated(Random random, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int changes = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) pick(random, PUNCTUATION).charAt(0);
                case 2 -> bytes = joined(bytes, 0, at, at, bytes.length);
                case 3 -> bytes = java.util.Arrays.copyOf(bytes, at);
                default -> {
                    int to = Math.min(bytes.length, at + 1 + random.nextInt(40));
                    int from = Math.max(0, at - random.nextInt(40));
                    bytes = joined(bytes, 0, to, from, bytes.length);
                }
            }
        }
        return bytes;
    }

    private static final List<String> PUNCTUATION =
            List.of("{", "}", "[", "]", ":", ",", "\"", "\n", "-", "*", "&", "!", "#", "\t", "0");

    private static byte[] joined(byte[] bytes, int from, int to, int again, int end) {
        var joined = new byte[to - from + end - again];
        System.arraycopy(bytes, from, joined, 0, to - from);
        System.arraycopy(bytes, again, joined, to - from, end - again);
        return joined;
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
