package dev.trellis.api.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.api.ApiSettings;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.History;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NatsHistoryIT {
    private static final List<String> MESSAGES = List.of("first", "second");

    private final NatsServer server = NatsServer.start();
    private Connection nats;

    @BeforeEach
    void connect() throws Exception {
        nats = Nats.connect(server.url());
    }

    @AfterEach
    void close() throws Exception {
        nats.close();
        server.close();
    }

    @Test
    void theFirstEntryOnANewServerIsWrittenAtTheFirstTry() throws Exception {
        var stream = new HistoryStream(nats, ApiSettings.DEFAULTS, HistorySettings.DEFAULTS);
        var sent = nats.subscribe(stream.all());
        nats.flush(Duration.ofSeconds(5));
        var meters = new SimpleMeterRegistry();

        try (var history = new NatsHistory(stream, nats, HistorySettings.DEFAULTS, meters)) {
            for (var message : MESSAGES) {
                history.append(
                        new LatticeName("default"),
                        Optional.of(new AppName("shop")),
                        History.Entry.verb(Instant.EPOCH, "somebody", "", message));
            }

            // A try that fails sends the first one twice.
            for (var expected : MESSAGES) {
                var message = sent.nextMessage(Duration.ofSeconds(10));
                assertThat(new String(message.getData(), UTF_8)).contains(expected);
            }
        }
        assertThat(stream.info().orElseThrow().getStreamState().getMsgCount()).isEqualTo(2);
    }
}
