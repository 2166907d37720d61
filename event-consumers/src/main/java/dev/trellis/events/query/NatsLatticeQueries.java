package dev.trellis.events.query;

import dev.trellis.events.command.CommandSettings;
import dev.trellis.events.command.CommandSubjects;
import dev.trellis.events.connection.Requests;
import dev.trellis.events.connection.Requests.Outcome;
import dev.trellis.events.wire.CtlResponse;
import dev.trellis.events.wire.InventoryDecoder;
import dev.trellis.events.wire.ReplyDecoder;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.port.LatticeQueries;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Queries over NATS requests. */
public final class NatsLatticeQueries implements LatticeQueries {
    private static final byte[] EMPTY = new byte[0];

    private final Requests requests;
    private final CommandSubjects subjects;
    private final CommandSettings settings;

    /**
     * @param requests stays the caller's, who closes it
     */
    public NatsLatticeQueries(Requests requests, CommandSettings settings) {
        this.requests = requests;
        this.settings = settings;
        this.subjects = new CommandSubjects(settings);
    }

    @Override
    public void ping(LatticeName lattice, Consumer<Pong> onPong, Runnable onNobody) {
        requests.gather(
                subjects.ping(lattice),
                EMPTY,
                settings.pingWindow(),
                outcome -> {
                    switch (outcome) {
                        case Outcome.Replied reply ->
                                ReplyDecoder.pong(reply.bytes())
                                        .flatMap(CtlResponse::response)
                                        .ifPresent(onPong);
                        case Outcome.NoResponders() -> onNobody.run();
                        case Outcome.TimedOut(),
                                Outcome.NotConnected(),
                                Outcome.Impossible(String _) -> {
                            // The window is over, or nothing was asked: nothing is known of hosts.
                        }
                    }
                });
    }

    @Override
    public void inventory(
            LatticeName lattice, HostId host, Consumer<Reply<HostInventory>> onReply) {
        ask(
                () -> subjects.inventory(lattice, host),
                InventoryDecoder::decode,
                () -> new Reply.Silent<>("the reply has no full inventory"),
                onReply);
    }

    @Override
    public void links(LatticeName lattice, Consumer<Reply<List<Link>>> onReply) {
        ask(
                () -> subjects.links(lattice),
                ReplyDecoder::links,
                () -> new Reply.Silent<>("the reply has no list of links"),
                onReply);
    }

    @Override
    public void config(
            LatticeName lattice, String name, Consumer<Reply<SortedMap<String, String>>> onReply) {
        ask(() -> subjects.config(lattice, name), ReplyDecoder::config, Reply.Absent::new, onReply);
    }

    private <T> void ask(
            Supplier<String> subject,
            Function<byte[], Optional<CtlResponse<T>>> decode,
            Supplier<Reply<T>> whenEmpty,
            Consumer<Reply<T>> onReply) {
        String to;
        try {
            to = subject.get();
        } catch (IllegalArgumentException unusable) {
            onReply.accept(new Reply.Silent<>(String.valueOf(unusable.getMessage())));
            return;
        }
        requests.send(
                to,
                EMPTY,
                settings.queryTimeout(),
                outcome -> onReply.accept(reply(outcome, decode, whenEmpty)));
    }

    private static <T> Reply<T> reply(
            Outcome outcome,
            Function<byte[], Optional<CtlResponse<T>>> decode,
            Supplier<Reply<T>> whenEmpty) {
        return switch (outcome) {
            case Outcome.Replied said ->
                    decode.apply(said.bytes())
                            .map(response -> reply(response, whenEmpty))
                            .orElseGet(() -> new Reply.Silent<>("the reply can't be read"));
            case Outcome.NoResponders() -> new Reply.NoResponders<>();
            case Outcome.TimedOut() -> new Reply.Silent<>("no reply in time");
            case Outcome.NotConnected() -> new Reply.Silent<>("not connected to NATS");
            case Outcome.Impossible(String reason) -> new Reply.Silent<>(reason);
        };
    }

    private static <T> Reply<T> reply(CtlResponse<T> said, Supplier<Reply<T>> whenEmpty) {
        if (!said.success()) {
            return new Reply.Silent<>(said.message());
        }
        return said.response().<Reply<T>>map(Reply.Found::new).orElseGet(whenEmpty);
    }
}
