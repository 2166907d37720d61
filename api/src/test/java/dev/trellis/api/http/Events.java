package dev.trellis.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.api.view.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Server-sent events as a client reads them. */
final class Events implements AutoCloseable {
    private final BlockingQueue<Event> read = new LinkedBlockingQueue<>();
    private final InputStream stream;

    record Event(String name, String id, JsonNode json) {}

    Events(InputStream stream) {
        this.stream = stream;
        var _ = Thread.ofVirtual().start(this::read);
    }

    /**
     * The next event of this name; others before it are left out.
     *
     * @throws AssertionError when none comes within 20 s
     */
    Event next(String name) throws InterruptedException {
        while (true) {
            var event = read.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + name + " within 20 s");
            }
            if (event.name().equals(name)) {
                return event;
            }
        }
    }

    private void read() {
        var name = "";
        var id = "";
        var data = "";
        try (var lines =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    read.add(
                            new Event(name, id, Json.parse(data.getBytes(StandardCharsets.UTF_8))));
                    name = "";
                    id = "";
                    data = "";
                }
            }
        } catch (IOException closed) {
            read.add(new Event("closed", "", Json.object()));
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
