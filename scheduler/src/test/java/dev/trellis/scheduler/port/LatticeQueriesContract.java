package dev.trellis.scheduler.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.LatticeQueries.Pong;
import dev.trellis.scheduler.port.LatticeQueries.Reply;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every {@link LatticeQueries} owes its caller. */
public abstract class LatticeQueriesContract {
    protected static final LatticeName LATTICE = new LatticeName("blue");
    private static final SortedMap<String, String> VALUES = new TreeMap<>(Map.of("k", "v"));
    private static final Link LINK =
            new Link(
                    new WorkloadId("http"),
                    new WorkloadId("api"),
                    "default",
                    "wasi",
                    "http",
                    List.of("incoming-handler"),
                    List.of(),
                    List.of());

    protected abstract LatticeQueries queries();

    /** Adds one host to the lattice, which has none at first. */
    protected abstract HostId addHost() throws Exception;

    protected abstract void putConfig(String name, SortedMap<String, String> values)
            throws Exception;

    protected abstract void putLink(Link link) throws Exception;

    @Test
    void aPingOfAnEmptyLatticeFindsNobody() throws Exception {
        var nobody = new LinkedBlockingQueue<String>();

        queries().ping(LATTICE, pong -> nobody.add("pong"), () -> nobody.add("nobody"));

        assertThat(take(nobody)).isEqualTo("nobody");
    }

    @Test
    void everyHostAnswersAPing() throws Exception {
        var hosts = new TreeSet<HostId>();
        var answered = new TreeSet<HostId>();
        for (int i = 0; i < 3; i++) {
            hosts.add(addHost());
        }
        var pongs = new LinkedBlockingQueue<Pong>();

        queries().ping(LATTICE, pongs::add, () -> {});

        for (int i = 0; i < 3; i++) {
            answered.add(take(pongs).host());
        }
        assertThat(answered).isEqualTo(hosts);
    }

    @Test
    void aHostSaysWhatItHas() throws Exception {
        var host = addHost();

        Reply<HostInventory> reply = ask(on -> queries().inventory(LATTICE, host, on));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Found.class,
                        found ->
                                assertThat(found.value())
                                        .isInstanceOfSatisfying(
                                                HostInventory.class,
                                                inventory ->
                                                        assertThat(inventory.host())
                                                                .isEqualTo(host)));
    }

    @Test
    void aHostThatIsGoneIsNoResponder() throws Exception {
        assertThat(addHost()).isNotNull();

        Reply<HostInventory> reply =
                ask(on -> queries().inventory(LATTICE, new HostId("NGONE"), on));

        assertThat(reply).isEqualTo(new Reply.NoResponders<>());
    }

    @Test
    void anEmptyLatticeKnowsNoLinksAndNoConfigs() throws Exception {
        Reply<List<Link>> links = ask(on -> queries().links(LATTICE, on));
        Reply<SortedMap<String, String>> config = ask(on -> queries().config(LATTICE, "c", on));

        assertThat(links).isEqualTo(new Reply.NoResponders<>());
        assertThat(config).isEqualTo(new Reply.NoResponders<>());
    }

    @Test
    void aConfigIsFoundWithItsValuesAndAbsentWhereThereIsNone() throws Exception {
        assertThat(addHost()).isNotNull();
        putConfig("c", VALUES);

        Reply<SortedMap<String, String>> found = ask(on -> queries().config(LATTICE, "c", on));
        Reply<SortedMap<String, String>> absent = ask(on -> queries().config(LATTICE, "d", on));

        assertThat(found).isEqualTo(new Reply.Found<>(VALUES));
        assertThat(absent).isEqualTo(new Reply.Absent<>());
    }

    @Test
    void linksAreFoundWithAllTheirFields() throws Exception {
        assertThat(addHost()).isNotNull();
        putLink(LINK);

        Reply<List<Link>> reply = ask(on -> queries().links(LATTICE, on));

        assertThat(reply).isEqualTo(new Reply.Found<>(List.of(LINK)));
    }

    private static <T> Reply<T> ask(Consumer<Consumer<Reply<T>>> question)
            throws InterruptedException {
        var replies = new LinkedBlockingQueue<Reply<T>>();
        question.accept(replies::add);
        return take(replies);
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        var taken = queue.poll(10, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("no answer within 10 s");
        }
        return taken;
    }
}
