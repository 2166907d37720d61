package dev.trellis.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * What answers HTTP while NATS has never been there yet: alive, not ready, and 503 for all the
 * rest. Whoever watches the process can tell waiting from dead.
 */
final class WaitingRoom implements AutoCloseable {
    private final HttpServer server;
    private final String detail;

    /**
     * @throws UncheckedIOException when the address can't be listened on
     */
    WaitingRoom(String host, int port, String detail) {
        this.detail = detail;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 16);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean alive = exchange.getRequestURI().getPath().equals("/health/liveness");
        var body =
                alive
                        ? "{\"status\":\"UP\"}"
                        : """
                        {"type":"urn:trellis:problem:Unavailable","code":"Unavailable",\
                        "title":"Unavailable","status":503,"detail":"%s"}\
                        """
                                .formatted(detail.replace("\\", "\\\\").replace("\"", "\\\""));
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", alive ? "application/json" : "application/problem+json");
            headers.set("Retry-After", "1");
            exchange.sendResponseHeaders(alive ? 200 : 503, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
