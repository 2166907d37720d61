package dev.trellis.events.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trellis.events.connection.NatsFixture;
import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that older managers left on the server that Trellis is started on. */
final class OlderLayoutsIT {
    private static final LatticeName BLUE = new LatticeName("blue");

    private NatsFixture nats;
    private Connection host;
    private JetStreamManagement management;
    private EventStream stream;
    private NatsLattices lattices;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture();
        host = nats.connect();
        management = host.jetStreamManagement();
        var own = nats.connect();
        stream = new EventStream(own, EventSettings.DEFAULTS);
        lattices = new NatsLattices(own, EventSettings.DEFAULTS);
    }

    @AfterEach
    void stop() {
        nats.close();
    }

    @ParameterizedTest
    @CsvSource({
        "wadm_mirror,wasmbus.evt.>,WorkQueue",
        "wadm_multitenant_mirror,*.wasmbus.evt.>|wasmbus.evt.*.>,WorkQueue",
        "wadm_events,wasmbus.evt.>|wadm.evt.>,WorkQueue",
        "wadm_events,wasmbus.evt.blue.>,WorkQueue",
        "wadm_mirror,wasmbus.evt.>,Interest"
    })
    @DisplayName("A69: a stream that forgets what was read is named, and kept, and not read from")
    void aStreamThatForgetsWhatWasReadIsNamedAndKept(
            String name, String subjects, RetentionPolicy retention) throws Exception {
        older(name, retention, subjects.split("\\|"));
        workedOff(name);

        assertThatThrownBy(stream::ensure)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stream " + name + " captures the events")
                .hasMessageContaining("nats stream rm " + name)
                .hasMessageNotContaining("consumer");
        assertThat(lattices.seen()).isEmpty();
        assertThat(management.getStreamNames()).containsExactly(name);
        assertThat(management.getConsumerNames(name)).containsExactly("older");
    }

    @Test
    @DisplayName("A69: once the older stream is removed, the lattice is found without a restart")
    void onceTheOlderStreamIsRemovedTheLatticeIsFound() throws Exception {
        older("wadm_mirror", RetentionPolicy.WorkQueue, "wasmbus.evt.>");
        assertThat(lattices.seen()).isEmpty();

        assertThat(management.deleteStream("wadm_mirror")).isTrue();
        assertThat(lattices.seen()).isEmpty();
        publish();

        assertThat(lattices.seen()).containsExactly(BLUE);
        assertThat(management.getStreamNames()).containsExactly("wasmbus_events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wadm_mirror", "wadm_multitenant_mirror", "wadm_events"})
    @DisplayName("A69: an older stream that keeps the events for all is read as it is")
    void anOlderStreamThatKeepsTheEventsIsReadAsItIs(String name) throws Exception {
        older(name, RetentionPolicy.Limits, "wasmbus.evt.>", "other.evt.>");
        workedOff(name);
        publish();

        assertThat(lattices.seen()).containsExactly(BLUE);
        assertThat(management.getStreamNames()).containsExactly(name);
    }

    @Test
    @DisplayName("A69: streams of older layouts that overlap no event do not matter")
    void streamsThatOverlapNoEventDoNotMatter() throws Exception {
        older("wadm_events", RetentionPolicy.WorkQueue, "wadm.evt.*");
        older("wadm_mirror", RetentionPolicy.WorkQueue, "wasmbus.evt.*");
        older("wadm_multitenant_mirror", RetentionPolicy.WorkQueue, "*.wasmbus.evt.*");

        assertThat(stream.ensure().getConfiguration().getName()).isEqualTo("wasmbus_events");
        publish();

        assertThat(lattices.seen()).containsExactly(BLUE);
    }

    @Test
    @DisplayName("A69: beside a work queue, the part that another stream keeps is read")
    void besideAWorkQueueThePartThatIsKeptIsRead() throws Exception {
        older("a_queue", RetentionPolicy.WorkQueue, "wasmbus.evt.red.>");
        older("b_kept", RetentionPolicy.Limits, "wasmbus.evt.blue.>");
        publish();

        assertThat(stream.ensure().getConfiguration().getName()).isEqualTo("b_kept");
        assertThat(lattices.seen()).containsExactly(BLUE);
    }

    private void older(String name, RetentionPolicy retention, String... subjects)
            throws Exception {
        var _ =
                management.addStream(
                        StreamConfiguration.builder()
                                .name(name)
                                .subjects(subjects)
                                .retentionPolicy(retention)
                                .build());
    }

    private void workedOff(String name) throws Exception {
        var _ =
                management.addOrUpdateConsumer(
                        name,
                        ConsumerConfiguration.builder()
                                .durable("older")
                                .ackPolicy(AckPolicy.Explicit)
                                .build());
    }

    private void publish() throws Exception {
        var ack = host.jetStream().publish("wasmbus.evt.blue.host_started", "{}".getBytes(UTF_8));
        assertThat(ack.hasError()).isFalse();
    }
}
