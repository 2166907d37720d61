package dev.trellis.events.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.events.command.CommandSettings;
import dev.trellis.events.command.NatsCommandBus;
import dev.trellis.events.connection.NatsFixture;
import dev.trellis.events.connection.Requests;
import dev.trellis.fixtures.lattice.SimulatedLattice;
import dev.trellis.fixtures.lattice.SimulationSettings;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.port.CommandBus;
import dev.trellis.scheduler.port.LatticeQueries;
import dev.trellis.scheduler.port.LatticeQueriesContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NatsLatticeQueriesIT extends LatticeQueriesContract {
    private NatsFixture nats;
    private SimulatedLattice lattice;
    private Requests requests;
    private NatsCommandBus bus;
    private LatticeQueries queries;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture();
        lattice =
                SimulatedLattice.start(
                        nats.server().url(),
                        LATTICE.value(),
                        SimulationSettings.DEFAULTS.withHosts(0));
        requests = new Requests(nats.connect());
        bus = new NatsCommandBus(requests, CommandSettings.DEFAULTS, new SimpleMeterRegistry());
        queries = new NatsLatticeQueries(requests, CommandSettings.DEFAULTS);
    }

    @AfterEach
    void stop() throws Exception {
        bus.close();
        requests.close();
        lattice.close();
        nats.close();
    }

    @Test
    void aNameThatCannotBeAskedForIsSilence() throws Exception {
        var replies = new LinkedBlockingQueue<LatticeQueries.Reply<SortedMap<String, String>>>();

        queries.config(LATTICE, "a.b", replies::add);

        assertThat(replies.poll(10, TimeUnit.SECONDS))
                .isInstanceOf(LatticeQueries.Reply.Silent.class);
    }

    @Override
    protected LatticeQueries queries() {
        return queries;
    }

    @Override
    protected HostId addHost() {
        return new HostId(lattice.addHosts(1).getFirst().id());
    }

    @Override
    protected void putConfig(String name, SortedMap<String, String> values) throws Exception {
        send(new Command.PutConfig(name, values));
    }

    @Override
    protected void putLink(Link link) throws Exception {
        send(new Command.PutLink(link));
        var found = new LinkedBlockingQueue<LatticeQueries.Reply<List<Link>>>();
        NatsFixture.await(
                "the host's cache of links",
                () -> {
                    queries.links(LATTICE, found::add);
                    return new LatticeQueries.Reply.Found<>(List.of(link))
                            .equals(found.poll(5, TimeUnit.SECONDS));
                });
    }

    private void send(Command command) throws Exception {
        var answers = new LinkedBlockingQueue<CommandBus.Answer>();
        bus.send(LATTICE, command, answers::add);
        assertThat(answers.poll(10, TimeUnit.SECONDS))
                .isInstanceOf(CommandBus.Answer.Accepted.class);
    }
}
