package dev.trellis.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.api.ApiParts;
import dev.trellis.api.ApiSettings;
import dev.trellis.api.GateSettings;
import dev.trellis.api.history.HistorySettings;
import dev.trellis.api.store.ImportSettings;
import dev.trellis.api.store.StoreSettings;
import dev.trellis.api.view.Json;
import dev.trellis.api.wadm.WadmSettings;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.port.FakeHostLabels;
import dev.trellis.scheduler.port.HostLabels;
import dev.trellis.scheduler.port.LatticeOwner;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One process with the whole API, on a nats-server, and a client that calls it. */
final class HttpApi implements AutoCloseable {
    final FakeLatticeOwner owner = new FakeLatticeOwner();
    final FakeHostLabels labels = new FakeHostLabels();
    final Connection nats;
    final ApplicationContext context;
    private final EmbeddedServer http;
    private final HttpClient client = HttpClient.newHttpClient();

    /** An answer. */
    record Reply(int status, String body, java.net.http.HttpHeaders headers) {
        JsonNode json() {
            try {
                return Json.parse(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } catch (IOException notJson) {
                throw new UncheckedIOException(body, notJson);
            }
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    HttpApi(NatsServer server) {
        nats = connect(server);
        context =
                ApplicationContext.builder()
                        .properties(
                                Map.of(
                                        "micronaut.server.port",
                                        -1,
                                        "endpoints.health.details-visible",
                                        "ANONYMOUS",
                                        "endpoints.prometheus.sensitive",
                                        false))
                        .build();
        context.registerSingleton(Connection.class, nats);
        context.registerSingleton(LatticeOwner.class, owner);
        context.registerSingleton(ApiSettings.class, ApiSettings.DEFAULTS);
        context.registerSingleton(StoreSettings.class, StoreSettings.DEFAULTS);
        context.registerSingleton(ImportSettings.class, ImportSettings.DEFAULTS);
        context.registerSingleton(GateSettings.class, GateSettings.DEFAULTS);
        context.registerSingleton(HistorySettings.class, HistorySettings.DEFAULTS);
        context.registerSingleton(HostLabels.class, labels);
        context.registerSingleton(WadmSettings.class, WadmSettings.DEFAULTS);
        http = context.start().getBean(EmbeddedServer.class).start();
        var parts = context.getBean(ApiParts.class);
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!parts.caughtUp() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    Reply get(String path, String... headers) {
        return call("GET", path, "", headers);
    }

    Reply post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    Reply put(String path, String yaml, String... headers) {
        return call("PUT", path, yaml, concat(headers, "Content-Type", "application/yaml"));
    }

    Reply delete(String path, String... headers) {
        return call("DELETE", path, "", headers);
    }

    Reply call(String method, String path, String body, String... headers) {
        var publisher =
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body);
        var request =
                HttpRequest.newBuilder(URI.create(http.getURL() + path)).method(method, publisher);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response.headers());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Opens a stream of server-sent events; the caller closes it. */
    Events events(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(http.getURL() + path)).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError(path + ": " + response.statusCode());
            }
            return new Events(response.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String[] concat(String[] first, String... second) {
        var all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static Connection connect(NatsServer server) {
        try {
            return Nats.connect(
                    Options.builder()
                            .server(server.url())
                            .maxReconnects(-1)
                            .reconnectWait(Duration.ofMillis(50))
                            .build());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        context.close();
        client.close();
        try {
            nats.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
