package dev.trellis.scheduler.loop;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.CommandBus;
import dev.trellis.scheduler.port.GateAsker;
import dev.trellis.scheduler.port.LatticeQueries;
import dev.trellis.scheduler.port.StatusSink;
import dev.trellis.scheduler.port.StoreUnavailableException;
import dev.trellis.scheduler.port.WantedStore;
import dev.trellis.scheduler.step.Effect;
import dev.trellis.scheduler.step.Input;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place where something leaves the loop. Each answer comes back as an input. */
final class Effects {
    /** Inventories asked for at once: enough to be quick, few enough not to swamp a connection. */
    private static final int MOST_INVENTORIES = 512;

    private static final Logger log = LoggerFactory.getLogger(Effects.class);

    private final LatticeName lattice;
    private final CommandBus commands;
    private final LatticeQueries queries;
    private final WantedStore store;
    private final StatusSink statuses;
    private final Function<AppName, Optional<Input.OwnedStored>> newestOwned;
    private final GateAsker gates;
    private final RolloutNotes rollouts;
    private final Mailbox mailbox;
    private final ArrayDeque<HostId> toAsk = new ArrayDeque<>();
    private int asked;

    /**
     * Joins the ports.
     *
     * @param newestOwned what the watch brought last, told again after a lost race
     */
    Effects(
            LatticeName lattice,
            CommandBus commands,
            LatticeQueries queries,
            WantedStore store,
            StatusSink statuses,
            Function<AppName, Optional<Input.OwnedStored>> newestOwned,
            GateAsker gates,
            RolloutNotes rollouts,
            Mailbox mailbox) {
        this.lattice = lattice;
        this.commands = commands;
        this.queries = queries;
        this.store = store;
        this.statuses = statuses;
        this.newestOwned = newestOwned;
        this.gates = gates;
        this.rollouts = rollouts;
        this.mailbox = mailbox;
    }

    void perform(Effect effect) {
        switch (effect) {
            case Effect.Ping() ->
                    queries.ping(
                            lattice,
                            pong -> mailbox.answer(new Input.Ponged(pong)),
                            () -> mailbox.answer(new Input.NobodyAnswers()));
            case Effect.AskInventory(var host) -> {
                toAsk.add(host);
                askInventories();
            }
            case Effect.AskLinks() ->
                    queries.links(lattice, reply -> mailbox.answer(new Input.LinksAnswer(reply)));
            case Effect.AskConfig(var name) ->
                    queries.config(
                            lattice,
                            name,
                            reply -> mailbox.answer(new Input.ConfigAnswer(name, reply)));
            case Effect.Send send -> send(send);
            case Effect.ReadRevision read -> beside("read", () -> read(read));
            case Effect.WriteOwned write -> beside("write", () -> write(write));
            case Effect.DropMark(var host, var expected) ->
                    beside("drop-mark", () -> dropMark(host, expected));
            case Effect.NoteGood(var app, var uid, var n) ->
                    beside("note", () -> noteGood(() -> store.noteGood(lattice, app, uid, n)));
            case Effect.WriteRollout write -> beside("rollout", () -> write(write));
            case Effect.Reject(var app, var uid, var n) ->
                    beside("reject", () -> noteGood(() -> store.reject(lattice, app, uid, n)));
            case Effect.Restore(var app, var uid, var from, var to) ->
                    beside(
                            "restore",
                            () -> noteGood(() -> store.restore(lattice, app, uid, from, to)));
            case Effect.AskGate(var app, var question, var candidate, var stable) ->
                    gates.ask(
                            question,
                            candidate,
                            stable,
                            answer -> mailbox.answer(new Input.GateAnswered(app, answer)));
            case Effect.NoteRollout(var app, var rollout, var note) ->
                    rollouts.noted(app, rollout, note);
            case Effect.Publish(var status) -> statuses.publish(lattice, status);
        }
    }

    /** An answer makes room for the next question. */
    void seen(Input input) {
        if (input instanceof Input.InventoryAnswer) {
            asked--;
            askInventories();
        }
    }

    private void askInventories() {
        while (asked < MOST_INVENTORIES && !toAsk.isEmpty()) {
            var host = toAsk.poll();
            asked++;
            queries.inventory(
                    lattice, host, reply -> mailbox.answer(new Input.InventoryAnswer(host, reply)));
        }
    }

    private void beside(String what, Runnable work) {
        var _ = Thread.ofVirtual().name("lattice-" + lattice + "-" + what).start(work);
    }

    private void send(Effect.Send send) {
        log(send);
        commands.send(
                lattice,
                send.command(),
                answer -> mailbox.answer(new Input.CommandAnswer(send.command(), answer)));
    }

    private void log(Effect.Send send) {
        var line =
                log.atInfo()
                        .addKeyValue("lattice", lattice)
                        .addKeyValue("manifest", send.app())
                        .addKeyValue("reason", send.reason());
        switch (send.command()) {
            case Command.Scale scale ->
                    line.addKeyValue("host", scale.host())
                            .addKeyValue("component", scale.id())
                            .addKeyValue("instances", scale.count())
                            .log("scale requested");
            case Command.StartProvider start ->
                    line.addKeyValue("host", start.host())
                            .addKeyValue("component", start.id())
                            .log("provider start requested");
            case Command.StopProvider stop ->
                    line.addKeyValue("host", stop.host())
                            .addKeyValue("component", stop.id())
                            .log("provider stop requested");
            case Command.PutConfig(var name, _) ->
                    line.addKeyValue("config", name).log("config put requested");
            case Command.DeleteConfig(var name) ->
                    line.addKeyValue("config", name).log("config delete requested");
            case Command.PutLink(var link) ->
                    line.addKeyValue("source", link.source())
                            .addKeyValue("target", link.target())
                            .log("link put requested");
            case Command.DeleteLink(var key) ->
                    line.addKeyValue("source", key.source())
                            .addKeyValue("link", key.name())
                            .log("link delete requested");
        }
    }

    private void read(Effect.ReadRevision read) {
        try {
            var manifest = store.revision(lattice, read.app(), read.n());
            mailbox.answer(new Input.RevisionRead(read.app(), read.uid(), read.n(), manifest));
        } catch (StoreUnavailableException away) {
            log.atWarn()
                    .addKeyValue("lattice", lattice)
                    .addKeyValue("manifest", read.app())
                    .log("version not read, store is away", away);
            mailbox.answer(new Input.RevisionUnread(read.app(), read.uid(), read.n()));
        }
    }

    private void write(Effect.WriteOwned write) {
        try {
            switch (store.writeOwned(lattice, write.app(), write.owned(), write.expected())) {
                case WantedStore.WriteOutcome.Written(var revision) ->
                        mailbox.answer(new Input.OwnedStored(write.app(), write.owned(), revision));
                case WantedStore.WriteOutcome.Conflict() -> {
                    mailbox.answer(new Input.OwnedNotWritten(write.app()));
                    newestOwned.apply(write.app()).ifPresent(mailbox::answer);
                }
            }
        } catch (StoreUnavailableException away) {
            log.atWarn()
                    .addKeyValue("lattice", lattice)
                    .addKeyValue("manifest", write.app())
                    .log("owned record not written, store is away", away);
            mailbox.answer(new Input.OwnedNotWritten(write.app()));
        }
    }

    private void dropMark(HostId host, long expected) {
        try {
            switch (store.dropHostMark(lattice, host, expected)) {
                case WantedStore.WriteOutcome.Written _ ->
                        log.atInfo()
                                .addKeyValue("lattice", lattice)
                                .addKeyValue("host", host)
                                .log("mark dropped, host was away for a day");
                case WantedStore.WriteOutcome.Conflict() -> {} // the watch brings the new mark
            }
        } catch (StoreUnavailableException away) {
            log.atWarn()
                    .addKeyValue("lattice", lattice)
                    .addKeyValue("host", host)
                    .log("mark not dropped, store is away", away);
        }
    }

    private void write(Effect.WriteRollout write) {
        try {
            var outcome =
                    store.writeRollout(lattice, write.app(), write.rollout(), write.expected());
            switch (outcome) {
                case WantedStore.WriteOutcome.Written(var revision) ->
                        mailbox.answer(
                                new Input.RolloutStored(
                                        write.app(),
                                        write.rollout(),
                                        write.rollout().isPresent() ? revision : 0));
                case WantedStore.WriteOutcome.Conflict() ->
                        mailbox.answer(new Input.RolloutNotWritten(write.app()));
            }
        } catch (StoreUnavailableException away) {
            log.atWarn()
                    .addKeyValue("lattice", lattice)
                    .addKeyValue("manifest", write.app())
                    .log("rollout not written, store is away", away);
            mailbox.answer(new Input.RolloutNotWritten(write.app()));
        }
    }

    private void noteGood(Runnable note) {
        try {
            note.run();
        } catch (StoreUnavailableException away) {
            log.atWarn()
                    .addKeyValue("lattice", lattice)
                    .log("success not noted, store is away", away);
        }
    }
}
