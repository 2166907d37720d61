package dev.trellis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.local.TrellisProcess;
import dev.trellis.fixtures.nats.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that has lost NATS for good ends and says so. */
@Timeout(120)
class LifelineIT {
    private static final Path JAR = Path.of("target/trellis.jar");

    @TempDir private Path folder;

    @Test
    void c28AProcessThatNatsLetsInNoMoreEndsWithAStatusOtherThanZero() throws Exception {
        var before = NatsServer.start(users("old"));
        int port = before.port();
        try (var trellis =
                TrellisProcess.start(
                        JAR,
                        folder.resolve("none"),
                        folder.resolve("log"),
                        List.of(
                                "trellis.nats.url=nats://old:old@127.0.0.1:" + port,
                                "trellis.http.port=0"))) {
            var _ = trellis.awaitAddress(Duration.ofSeconds(60));

            before.close();
            try (var _ = NatsServer.start(users("new").withPort(port))) {
                assertThat(trellis.awaitEnd()).as(trellis.lastLines()).isEqualTo(1);
            }
        }
    }

    private static NatsServer.Options users(String name) {
        return NatsServer.Options.DEFAULTS.withConfigLines(
                "authorization { user: " + name + ", password: " + name + " }");
    }
}
