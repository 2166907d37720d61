package dev.trellis.scheduler.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.port.LatticeQueries.Pong;
import dev.trellis.scheduler.port.LatticeQueries.Reply;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FakeLatticeQueriesTest extends LatticeQueriesContract {
    private final FakeLatticeQueries queries = new FakeLatticeQueries();
    private int hosts;

    @Test
    void aHostThatCompilesPongsAndSaysNothingElse() {
        var host = addHost();
        queries.compiling(host);
        var pongs = new ArrayList<Pong>();
        var replies = new ArrayList<Reply<HostInventory>>();

        queries.ping(LATTICE, pongs::add, () -> {});
        queries.inventory(LATTICE, host, replies::add);

        assertThat(pongs).hasSize(1);
        assertThat(replies).singleElement().isInstanceOf(Reply.Silent.class);
    }

    @Override
    protected LatticeQueries queries() {
        return queries;
    }

    @Override
    protected HostId addHost() {
        var host = new HostId("N" + ++hosts);
        queries.host(new HostInventory(host, "host", "1.9.2", 1, new TreeMap<>(), new TreeMap<>()));
        return host;
    }

    @Override
    protected void putConfig(String name, SortedMap<String, String> values) {
        queries.config(name, values);
    }

    @Override
    protected void putLink(Link link) {
        queries.link(link);
    }
}
