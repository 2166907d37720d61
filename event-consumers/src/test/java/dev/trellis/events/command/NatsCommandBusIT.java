package dev.trellis.events.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.events.connection.NatsFixture;
import dev.trellis.events.connection.Requests;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.CommandBus;
import dev.trellis.scheduler.port.CommandBusContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NatsCommandBusIT extends CommandBusContract {
    private static final CommandSettings SETTINGS =
            new CommandSettings(
                    "wasmbus.ctl",
                    "",
                    2,
                    Duration.ofMillis(200),
                    Duration.ofMillis(1000),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private NatsFixture nats;
    private Connection lattice;
    private Requests requests;
    private NatsCommandBus bus;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture();
        lattice = nats.connect();
        requests = new Requests(nats.connect());
        bus = new NatsCommandBus(requests, SETTINGS, meters);
    }

    @AfterEach
    void stop() throws Exception {
        bus.close();
        requests.close();
        nats.close();
    }

    @Override
    protected CommandBus bus() {
        return bus;
    }

    @Override
    protected void host(Host does, String words) throws Exception {
        switch (does) {
            case ACCEPTS -> answer(HOST, "{\"success\":true,\"message\":\"" + words + "\"}");
            case REFUSES -> answer(HOST, "{\"success\":false,\"message\":\"" + words + "\"}");
            case IS_SILENT -> hang(HOST);
            case IS_GONE -> lattice.flush(Duration.ofSeconds(5));
        }
    }

    @Test
    void hungHostsDoNotHoldUpOthers() throws Exception {
        hang(new HostId("NHUNG"));
        answer(HOST, "{\"success\":true,\"message\":\"\"}");
        var answers = new LinkedBlockingQueue<String>();
        for (int i = 0; i < SETTINGS.inFlight(); i++) {
            bus.send(LATTICE, stop("NHUNG"), answer -> answers.add("hung " + answer));
        }

        bus.send(LATTICE, stop(HOST.value()), answer -> answers.add("other " + answer));

        assertThat(answers.poll(10, TimeUnit.SECONDS)).startsWith("other Accepted");
        assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("hung Unanswered[]");
        assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("hung Unanswered[]");
    }

    @Test
    void anUnreadableReplyDoesNotSayThatNothingWasDone() throws Exception {
        answer(HOST, "?");
        var answers = new LinkedBlockingQueue<CommandBus.Answer>();

        bus.send(LATTICE, stop(HOST.value()), answers::add);

        assertThat(answers.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new CommandBus.Answer.Unanswered());
    }

    @Test
    void aNameThatIsNoTokenIsRefusedWithoutBeingSent() throws Exception {
        var answers = new LinkedBlockingQueue<CommandBus.Answer>();

        bus.send(LATTICE, new Command.DeleteConfig("a.b"), answers::add);

        assertThat(answers.poll(10, TimeUnit.SECONDS))
                .isInstanceOf(CommandBus.Answer.Refused.class);
    }

    @Test
    void withoutAConnectionACommandIsUnansweredAndNotSentLater() throws Exception {
        var received = new LinkedBlockingQueue<String>();
        nats.server().stop();
        NatsFixture.await("away", () -> lattice.getStatus() != Connection.Status.CONNECTED);
        var answers = new LinkedBlockingQueue<CommandBus.Answer>();
        NatsFixture.await(
                "unanswered",
                () -> {
                    bus.send(LATTICE, stop(HOST.value()), answers::add);
                    return answers.poll(10, TimeUnit.SECONDS)
                            instanceof CommandBus.Answer.Unanswered;
                });
        var _ =
                lattice.createDispatcher(message -> received.add(message.getSubject()))
                        .subscribe("wasmbus.ctl.>");

        nats.server().restart();
        NatsFixture.await("back", () -> lattice.getStatus() == Connection.Status.CONNECTED);
        lattice.flush(Duration.ofSeconds(5));

        assertThat(received).isEmpty();
    }

    @Test
    void commandsAreCountedByKindAndOutcome() throws Exception {
        answer(HOST, "{\"success\":true,\"message\":\"\"}");
        var answers = new LinkedBlockingQueue<CommandBus.Answer>();
        bus.send(LATTICE, stop(HOST.value()), answers::add);
        assertThat(answers.poll(10, TimeUnit.SECONDS)).isNotNull();

        assertThat(
                        meters.get("trellis.commands")
                                .tags("kind", "stop_provider", "outcome", "accepted")
                                .counter()
                                .count())
                .isEqualTo(1);
        assertThat(meters.get("trellis.command.reply").timer().count()).isEqualTo(1);
    }

    private static Command stop(String host) {
        return new Command.StopProvider(new HostId(host), new WorkloadId("p"));
    }

    private void answer(HostId host, String reply) throws Exception {
        var _ =
                lattice.createDispatcher(message ->
                                lattice.publish(message.getReplyTo(), reply.getBytes(UTF_8)))
                        .subscribe("wasmbus.ctl.v1.blue.*.*." + host);
        lattice.flush(Duration.ofSeconds(5));
    }

    private void hang(HostId host) throws Exception {
        var _ =
                lattice.createDispatcher(message -> {})
                        .subscribe("wasmbus.ctl.v1.blue.*.*." + host);
        lattice.flush(Duration.ofSeconds(5));
    }
}
