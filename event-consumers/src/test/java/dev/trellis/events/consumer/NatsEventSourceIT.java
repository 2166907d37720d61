package dev.trellis.events.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.events.connection.ConnectionState;
import dev.trellis.events.connection.NatsFixture;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.EventSource;
import dev.trellis.scheduler.port.EventSourceContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class NatsEventSourceIT extends EventSourceContract {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private NatsFixture nats;
    private Connection host;
    private JetStreamManagement management;
    private ConnectionState state;
    private NatsEventSource source;
    private NatsLattices lattices;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture();
        host = nats.connect();
        management = host.jetStreamManagement();
        var own = nats.connect();
        state = new ConnectionState(own);
        source = new NatsEventSource(own, state, EventSettings.DEFAULTS, meters);
        lattices = new NatsLattices(own, EventSettings.DEFAULTS);
    }

    @AfterEach
    void stop() throws Exception {
        state.close();
        nats.close();
    }

    @Override
    protected EventSource source() {
        return source;
    }

    @Override
    protected void publish(LatticeName lattice, String config) throws Exception {
        if (management.getStreamNames("wasmbus.evt.*.>").isEmpty()) {
            var _ = new EventStream(host, EventSettings.DEFAULTS).ensure();
        }
        var ack =
                host.jetStream()
                        .publish(
                                "wasmbus.evt." + lattice + ".config_set",
                                ("{\"source\":\"N1\",\"data\":{\"config_name\":\""
                                                + config
                                                + "\"}}")
                                        .getBytes(UTF_8));
        assertThat(ack.hasError()).isFalse();
    }

    @Test
    void theStreamIsMadeAsTheSettingsSay() throws Exception {
        try (var _ = source.follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("caught up");
            var made = management.getStreamInfo("wasmbus_events").getConfiguration();

            assertThat(made.getSubjects()).containsExactly("wasmbus.evt.*.>");
            assertThat(made.getMaxAge()).isEqualTo(Duration.ofSeconds(70));
        }
    }

    @Test
    void aStreamThatCapturesTheEventsIsUsedWhateverItsName() throws Exception {
        var other = StreamConfiguration.builder().name("other").subjects("wasmbus.evt.>").build();
        var _ = management.addStream(other);
        publish(BLUE, "one");

        try (var _ = source.follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("one");
            assertThat(management.getStreamNames()).containsExactly("other");
        }
    }

    @Test
    @DisplayName("B03: a consumer that vanishes ten times loses and repeats nothing")
    void aConsumerThatVanishesTenTimesLosesAndRepeatsNothing() throws Exception {
        try (var _ = source.follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("caught up");
            for (int i = 0; i < 10; i++) {
                publish(BLUE, "before " + i);
                assertThat(feed.next()).isEqualTo("before " + i);
                for (var consumer : management.getConsumerNames("wasmbus_events")) {
                    assertThat(management.deleteConsumer("wasmbus_events", consumer)).isTrue();
                }
                publish(BLUE, "after " + i);
                assertThat(feed.next()).isEqualTo("after " + i);
            }
            assertThat(feed.told()).isEmpty();
        }
    }

    @Test
    @DisplayName("A72: ten thousand events leave one consumer")
    void tenThousandEventsLeaveOneConsumer() throws Exception {
        try (var _ = source.follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("caught up");
            byte[] event = "{\"source\":\"N1\",\"data\":{\"config_name\":\"c\"}}".getBytes(UTF_8);
            for (int i = 0; i < 10_000; i++) {
                host.publish("wasmbus.evt.blue.config_set", event);
            }
            for (int i = 0; i < 10_000; i++) {
                assertThat(feed.next()).isEqualTo("c");
            }
            assertThat(management.getConsumerNames("wasmbus_events")).hasSize(1);
        }
    }

    @Test
    void aStreamThatVanishesIsMadeAgainAndRead() throws Exception {
        publish(BLUE, "one");
        try (var _ = source.follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("one");
            assertThat(feed.next()).isEqualTo("caught up");

            assertThat(management.deleteStream("wasmbus_events")).isTrue();
            NatsFixture.await(
                    "stream", () -> management.getStreamNames().contains("wasmbus_events"));
            publish(BLUE, "two");

            assertThat(feed.next()).isEqualTo("two");
        }
    }

    @Test
    void aServerThatGoesAndComesIsToldAndNothingIsLost() throws Exception {
        publish(BLUE, "one");
        try (var _ = source.follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("one");
            assertThat(feed.next()).isEqualTo("caught up");

            nats.server().restart();
            assertThat(feed.next()).isEqualTo("disconnected");
            assertThat(feed.next()).isEqualTo("reconnected");
            NatsFixture.await("host", () -> host.getStatus() == Connection.Status.CONNECTED);
            publish(BLUE, "two");

            assertThat(feed.next()).isEqualTo("two");
        }
    }

    @Test
    void whatCannotBeReadIsCountedAndDoesNotStopTheNext() throws Exception {
        publish(BLUE, "one");
        var _ = host.jetStream().publish("wasmbus.evt.blue.config_set", "?".getBytes(UTF_8));
        var _ = host.jetStream().publish("wasmbus.evt.blue.new_thing", "{}".getBytes(UTF_8));
        publish(BLUE, "two");

        try (var _ = source.follow(BLUE, feed)) {
            assertThat(feed.next()).isEqualTo("one");
            assertThat(feed.next()).isEqualTo("two");
            assertThat(feed.next()).isEqualTo("caught up");
        }
        assertThat(count("trellis.events.skipped", "reason", "not_json")).isEqualTo(1);
        assertThat(count("trellis.events.skipped", "reason", "unknown_type")).isEqualTo(1);
        assertThat(count("trellis.events", "type", "config_set")).isEqualTo(2);
    }

    @Test
    void aLatticeWithoutAppsIsFoundThoughNobodyMadeTheStreamBefore() throws Exception {
        assertThat(lattices.seen()).isEmpty();
        assertThat(management.getStreamNames()).containsExactly("wasmbus_events");

        host.publish("wasmbus.evt.blue.host_started", "{}".getBytes(UTF_8));

        NatsFixture.await("lattice", () -> lattices.seen().contains(BLUE));
    }

    @Test
    void theStreamsSubjectsNameTheLattices() throws Exception {
        assertThat(lattices.seen()).isEmpty();
        publish(BLUE, "one");
        publish(RED, "one");

        assertThat(lattices.seen()).containsExactly(BLUE, RED);

        nats.server().stop();
        assertThat(lattices.seen()).containsExactly(BLUE, RED);
    }

    private double count(String name, String key, String value) {
        return meters.get(name).tag(key, value).counter().count();
    }
}
