package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.api.view.Json;
import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A client of wadm's API that holds every reply against what stock clients need. */
final class Client implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(10);

    final Connection nats;
    private final String prefix;

    Client(NatsServer server) {
        this(Replica.connect(server.url()), "");
    }

    /** {@code account}: with a dot at its end, or empty. */
    Client(Connection nats, String account) {
        this.nats = nats;
        this.prefix = account + "wadm.api.";
    }

    @CanIgnoreReturnValue // its shape was held against what clients need
    JsonNode ask(String rest, String payload) {
        return ask(rest, payload, Map.of());
    }

    @CanIgnoreReturnValue // its shape was held against what clients need
    JsonNode ask(String rest, String payload, Map<String, String> headers) {
        return reply(rest, send(rest, payload.getBytes(StandardCharsets.UTF_8), headers).join());
    }

    /** As YAML. */
    @CanIgnoreReturnValue // its shape was held against what clients need
    JsonNode put(String lattice, String manifest) {
        return ask(lattice + ".model.put", manifest, Map.of("Content-Type", "application/yaml"));
    }

    CompletableFuture<Message> send(String rest, byte[] payload, Map<String, String> headers) {
        var all = new Headers();
        headers.forEach((name, value) -> all.add(name, value));
        return nats.requestWithTimeout(
                NatsMessage.builder().subject(prefix + rest).headers(all).data(payload).build(),
                LIMIT);
    }

    @CanIgnoreReturnValue // its shape was held against what clients need
    static JsonNode reply(String rest, Message message) {
        assertThat(message.getHeaders()).as("headers of the reply to %s", rest).isNotNull();
        assertThat(message.getHeaders().get("Trellis")).as(rest).isNotEmpty();
        var json = json(message.getData());
        Shapes.check(rest, json);
        return json;
    }

    static JsonNode json(byte[] bytes) {
        try {
            return Json.parse(bytes);
        } catch (IOException notJson) {
            throw new UncheckedIOException(new String(bytes, StandardCharsets.UTF_8), notJson);
        }
    }

    @Override
    public void close() {
        try {
            nats.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
