package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.At;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.InFlight;
import dev.trellis.scheduler.decide.WireKey;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.CommandBus.Answer;
import dev.trellis.scheduler.port.LatticeQueries.Pong;
import dev.trellis.scheduler.port.LatticeQueries.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Folds inputs into the owner's memory. It asks questions, and sends nothing. */
final class Fold {
    /** Uptime is told in whole seconds, and a pong takes a while. */
    private static final Duration UPTIME_MARGIN = Duration.ofSeconds(2);

    private final Lattice lattice;
    private final List<Effect> effects;

    Fold(Lattice lattice, List<Effect> effects) {
        this.lattice = lattice;
        this.effects = effects;
    }

    void apply(Input input) {
        switch (input) {
            case Input.Event(var event, var serverTime) -> {
                if (event instanceof LatticeEvent.HostStarted(var host, _, _, _)) {
                    began(host, serverTime);
                }
                event(event);
            }
            case Input.EventsCaughtUp() -> lattice.settling.eventsCaughtUp();
            case Input.StoreCaughtUp() -> lattice.settling.storeCaughtUp();
            case Input.Disconnected() -> lattice.liveness.disconnected();
            case Input.Reconnected() -> reconnected();
            case Input.Ponged(var pong) -> pong(pong);
            case Input.NobodyAnswers() -> {
                lattice.nobody = true;
                lattice.liveness.nobodyIsThere();
            }
            case Input.InventoryAnswer(var host, var reply) -> inventory(host, reply);
            case Input.LinksAnswer(var reply) -> {
                if (reply instanceof Reply.Found(var links)) {
                    lattice.asks.answered("links");
                    lattice.view.links(links);
                } else {
                    lattice.asks.unanswered("links", lattice.now);
                }
            }
            case Input.ConfigAnswer(var name, var reply) -> config(name, reply);
            case Input.CommandAnswer(var command, var answer) -> answered(command, answer);
            case Input.AppStored(var record) -> {
                var app = lattice.app(record.name());
                if (app.stored(record)) {
                    var puts = app.owned;
                    lattice.failures.forget(at ->
                            puts.components().contains(at.id())
                                    || puts.providers().contains(at.id()));
                }
                appChanged(record.name());
            }
            case Input.AppRemoved(var name) -> {
                lattice.app(name).removed();
                appChanged(name);
            }
            case Input.OwnedStored(var name, var owned, var revision) -> {
                var app = lattice.app(name);
                if (revision == 0 || revision > app.ownedRevision) {
                    app.owned = owned;
                    app.ownedRevision = revision;
                    app.writingOwned = false;
                }
                appChanged(name);
            }
            case Input.OwnedNotWritten(var name) -> {
                lattice.app(name).writingOwned = false;
                lattice.asks.unanswered(name, lattice.now);
            }
            case Input.RevisionRead(var name, var uid, var n, var manifest) -> {
                lattice.app(name).revisionRead(uid, n, manifest);
                appChanged(name);
            }
            case Input.RevisionUnread(var name, _, var n) -> {
                lattice.app(name).revisionUnread(n);
                lattice.asks.unanswered(name, lattice.now);
            }
            case Input.RolloutStored(var name, var rollout, var revision) -> {
                lattice.app(name).rolling.stored(rollout, revision);
                lattice.dirty.add(name);
            }
            case Input.RolloutNotWritten(var name) -> {
                lattice.app(name).rolling.notWritten();
                lattice.asks.unanswered("rollout " + name, lattice.now);
                lattice.dirty.add(name);
            }
            case Input.ApprovalStored(var name, var rollout, var stage, var approval) -> {
                lattice.app(name).rolling.approved(rollout, stage, approval);
                lattice.dirty.add(name);
            }
            case Input.GateAnswered(var name, var answer) -> {
                lattice.app(name).rolling.answers.add(answer);
                lattice.asks.answered("rollout " + name + " " + answer.gate() + answer.attempt());
                lattice.dirty.add(name);
            }
            case Input.LimitsStored(var limits) -> {
                lattice.limits = limits;
                lattice.dirty.addAll(lattice.apps.keySet());
            }
            case Input.HostMarked(var host, var mark, var revision) -> {
                lattice.marks.stored(host, mark, revision, lattice.now);
                lattice.dirty.addAll(lattice.apps.keySet());
            }
            case Input.ConfigsWanted(var names) -> names.forEach(this::askConfig);
            case Input.Rebalance(var name) -> {
                var app = lattice.apps.get(name);
                if (app != null) {
                    app.rebalance = true;
                    lattice.dirty.add(name);
                }
            }
            case Input.Tick() -> {}
        }
    }

    private void appChanged(AppName name) {
        for (var app : lattice.apps.values()) {
            if (app.changed(name) || app.hasLeftovers) {
                lattice.dirty.add(app.name);
            }
        }
        lattice.appsChanged();
        lattice.dirty.add(name);
    }

    private void reconnected() {
        lattice.liveness.reconnected(lattice.now);
        lattice.asks.clear();
        lattice.dirty.addAll(lattice.apps.keySet());
    }

    /** A host began anew then, maybe under an id that is known: what was sent before is lost. */
    private void began(HostId host, Instant then) {
        var lost = lattice.inFlight.hostBegan(host, then);
        if (!lost.isEmpty()) {
            lattice.verified.remove(host);
            askInventory(host);
        }
        lost.forEach(sent -> lattice.dirty.add(sent.app()));
    }

    private void event(LatticeEvent event) {
        switch (event) {
            case LatticeEvent.HostStarted(var host, var name, var version, var labels) -> {
                lattice.liveness.heard(host, lattice.now);
                var before = lattice.view.host(host);
                if (before.isPresent() && !before.get().inventory().workloads().isEmpty()) {
                    lattice.verified.remove(host); // the same id again: does it run what it ran?
                    lattice.apps.values().forEach(app -> app.memory().forget(host));
                    askInventory(host);
                } else {
                    read(
                            new HostInventory(host, name, version, 0, labels, new TreeMap<>()),
                            lattice.settling.isLive());
                }
            }
            case LatticeEvent.HostStopped(var host) -> gone(host);
            case LatticeEvent.HostHeartbeat(var inventory) -> {
                lattice.liveness.heard(inventory.host(), lattice.now);
                if (contradictsFreshEvent(inventory)) {
                    askInventory(inventory.host());
                } else {
                    lattice.touched(inventory.host());
                    read(inventory, lattice.settling.isLive());
                }
            }
            case LatticeEvent.LabelsChanged(var host, var labels) -> {
                lattice.liveness.heard(host, lattice.now);
                lattice.view.labels(host, labels);
            }
            case LatticeEvent.ComponentScaled(var host, var id, var running) ->
                    workload(host, id, running);
            case LatticeEvent.ProviderStarted(var host, var id, var running) ->
                    workload(host, id, Optional.of(running));
            case LatticeEvent.ProviderStopped(var host, var id) ->
                    workload(host, id, Optional.empty());
            case LatticeEvent.StartFailed(var host, var id, var error) -> {
                lattice.touched(host);
                lattice.liveness.heard(host, lattice.now);
                lattice.inFlight.remove(host, id).ifPresent(sent -> failed(sent, error));
            }
            case LatticeEvent.ProviderHealth(var host, var id, var healthy) -> {
                lattice.liveness.heard(host, lattice.now);
                lattice.view.health(host, id, healthy);
            }
            case LatticeEvent.LinkSet(var link) -> lattice.view.linkSet(link);
            case LatticeEvent.LinkDeleted(var key, var target) -> {
                if (target.isPresent()) {
                    lattice.view.linkDeleted(key, target);
                } else if (lattice.settling.isSettled()) {
                    askLinks(); // nothing was removed, or the host did not say what
                }
            }
            case LatticeEvent.ConfigSet(var name) -> changedConfig(name);
            case LatticeEvent.ConfigDeleted(var name) -> changedConfig(name);
        }
    }

    /** Config events carry no values: those that matter are read again. */
    private void changedConfig(String name) {
        if (lattice.view.config(name).isPresent()) {
            lattice.asks.answered(WireKey.config(name));
            askConfig(name);
        }
    }

    private void read(HostInventory inventory, boolean live) {
        lattice.view.inventory(inventory);
        lattice.unreadSince.remove(inventory.host());
        lattice.inFlight.seen(inventory).forEach(this::succeeded);
        if (live) {
            verified(inventory.host());
        }
    }

    /**
     * A host puts a heartbeat together and then publishes it; what starts or stops between the two
     * is told first. So what differs from an event of the last moments is looked up.
     */
    private boolean contradictsFreshEvent(HostInventory heartbeat) {
        return lattice.settling.isSettled()
                && lattice.isFreshlyTold(heartbeat.host())
                && lattice.view
                        .host(heartbeat.host())
                        .filter(host -> !host.inventory().workloads().equals(heartbeat.workloads()))
                        .isPresent();
    }

    private void verified(HostId host) {
        if (lattice.verified.add(host)) {
            lattice.dirty.addAll(lattice.apps.keySet());
        }
    }

    /** What is gone though nobody here asked for it is looked up before it is believed (trap 6). */
    private void workload(HostId host, WorkloadId id, Optional<Running> running) {
        lattice.touched(host);
        lattice.told(host);
        lattice.liveness.heard(host, lattice.now);
        boolean unexpected =
                running.isEmpty()
                        && lattice.view.running(host, id).isPresent()
                        && lattice.inFlight.at(host, id).filter(s -> s.count() == 0).isEmpty();
        boolean unknownHost = lattice.view.host(host).isEmpty();
        if (lattice.settling.isSettled() && (unexpected || unknownHost)) {
            askInventory(host);
            return;
        }
        lattice.view.workload(host, id, running);
        lattice.inFlight.seen(host, id, running).ifPresent(this::succeeded);
    }

    private void succeeded(InFlight.Sent sent) {
        lattice.failures.succeeded(new At(sent.command().host(), sent.command().id()));
        lattice.dirty.add(sent.app());
    }

    void failed(InFlight.Sent sent, String error) {
        var command = sent.command();
        var at = new At(command.host(), command.id());
        lattice.failures.failed(at, image(command), error, lattice.now);
        lattice.dirty.add(sent.app());
    }

    private String image(Command.OnHost command) {
        return switch (command) {
            case Command.Scale scale -> scale.image();
            case Command.StartProvider start -> start.image();
            case Command.StopProvider stop ->
                    lattice.view.running(stop.host(), stop.id()).map(Running::image).orElse("");
        };
    }

    private void pong(Pong pong) {
        var host = pong.host();
        lattice.liveness.pong(host, lattice.now);
        lattice.settling.pong(lattice.now);
        var before = lattice.view.host(host);
        lattice.view.appeared(host, pong.friendlyName(), pong.version(), pong.labels());
        if (before.isEmpty()) {
            lattice.unreadSince.put(host, lattice.now);
            askInventory(host);
        } else if (!before.get().known()) {
            askInventory(host);
        } else if (pong.uptimeSeconds() + 1 < before.get().inventory().uptimeSeconds()) {
            lattice.verified.remove(host); // it started again under the same id
            lattice.apps.values().forEach(app -> app.memory().forget(host));
            askInventory(host);
        }
        if (pong.uptimeSeconds() > 0) {
            began(host, lattice.now.minusSeconds(pong.uptimeSeconds()).minus(UPTIME_MARGIN));
        }
    }

    private void inventory(HostId host, Reply<HostInventory> reply) {
        switch (reply) {
            case Reply.Found<HostInventory>(var inventory) -> {
                lattice.asks.answered(host);
                lattice.liveness.heard(host, lattice.now);
                if (lattice.isOutdated(host)) {
                    askInventory(host); // something happened there since the question
                } else {
                    read(inventory, true);
                }
            }
            case Reply.NoResponders<HostInventory>() -> {
                lattice.asks.answered(host);
                noResponders(host);
            }
            case Reply.Absent<HostInventory>(), Reply.Silent<HostInventory>(_) -> {
                lattice.asks.unanswered(host, lattice.now);
                if (lattice.view.host(host).isPresent()) {
                    lattice.liveness.silent(host);
                }
            }
        }
    }

    /** Of a host that is gone already, a late answer says nothing more. */
    private void noResponders(HostId host) {
        if (lattice.view.host(host).isPresent()) {
            lattice.liveness.noResponders(host, lattice.now);
        }
    }

    void gone(HostId host) {
        lattice.view.gone(host);
        lattice.liveness.forget(host);
        lattice.inFlight.hostGone(host);
        lattice.failures.forget(at -> at.host().equals(host));
        lattice.verified.remove(host);
        lattice.apps.values().forEach(app -> app.memory().forget(host));
        lattice.forget(host);
        lattice.unreadSince.remove(host);
        lattice.asks.answered(host);
    }

    private void config(String name, Reply<SortedMap<String, String>> reply) {
        var key = WireKey.config(name);
        switch (reply) {
            case Reply.Found<SortedMap<String, String>>(var values) -> {
                lattice.asks.answered(key);
                lattice.view.config(name, Optional.of(values));
            }
            case Reply.Absent<SortedMap<String, String>>() -> {
                lattice.asks.answered(key);
                lattice.view.config(name, Optional.empty());
            }
            case Reply.NoResponders<SortedMap<String, String>>(),
                    Reply.Silent<SortedMap<String, String>>(_) ->
                    lattice.asks.unanswered(key, lattice.now);
        }
    }

    private void answered(Command command, Answer answer) {
        switch (command) {
            case Command.OnHost onHost -> hostAnswered(onHost, answer);
            case Command.PutConfig(var name, var values) -> {
                if (wireAnswered(WireKey.config(name), answer)) {
                    lattice.view.config(name, Optional.of(values));
                }
                lattice.dirty.addAll(lattice.wants().interestedIn(name));
            }
            case Command.DeleteConfig(var name) -> {
                if (wireAnswered(WireKey.config(name), answer)) {
                    lattice.view.config(name, Optional.empty());
                }
                lattice.dirty.addAll(lattice.wants().interestedIn(name));
            }
            case Command.PutLink(var link) -> {
                if (wireAnswered(WireKey.link(link.source()), answer)) {
                    lattice.view.linkSet(link);
                }
                lattice.dirty.addAll(lattice.wants().interestedIn(link.source()));
            }
            case Command.DeleteLink(var key) -> {
                if (wireAnswered(WireKey.link(key.source()), answer)) {
                    linkGone(key);
                }
                lattice.dirty.addAll(lattice.apps.keySet());
            }
        }
    }

    /** Of several links with one key the host took whichever came first (trap 15). */
    private void linkGone(LinkKey key) {
        long sameKey = lattice.view.links().stream().filter(l -> l.key().equals(key)).count();
        if (sameKey > 1) {
            lattice.asks.answered("links");
            askLinks();
        } else {
            lattice.view.linkDeleted(key, Optional.empty());
        }
    }

    private boolean wireAnswered(String key, Answer answer) {
        lattice.busyWires.remove(key);
        switch (answer) {
            case Answer.Accepted(_) -> {
                lattice.wires.succeeded(key);
                return true;
            }
            case Answer.Refused(var message) -> lattice.wires.failed(key, "", message, lattice.now);
            case Answer.NoResponders() ->
                    lattice.wires.failed(key, "", "no host answers", lattice.now);
            case Answer.Unanswered() ->
                    lattice.wires.failed(key, "", "no answer in time", lattice.now);
        }
        return false;
    }

    private void hostAnswered(Command.OnHost command, Answer answer) {
        switch (answer) {
            case Answer.Accepted(_), Answer.Unanswered() -> {} // the outcome is an event
            case Answer.Refused(var message) -> {
                lattice.inFlight
                        .remove(command.host(), command.id())
                        .ifPresent(sent -> failed(sent, message));
                askInventory(command.host());
            }
            case Answer.NoResponders() -> {
                lattice.inFlight
                        .remove(command.host(), command.id())
                        .ifPresent(sent -> failed(sent, "the host does not answer"));
                noResponders(command.host());
            }
        }
    }

    void askInventory(HostId host) {
        if (lattice.asks.ask(host, lattice.now)) {
            lattice.asked(host);
            effects.add(new Effect.AskInventory(host));
        }
    }

    void askLinks() {
        if (lattice.asks.ask("links", lattice.now)) {
            effects.add(new Effect.AskLinks());
        }
    }

    void askConfig(String name) {
        if (lattice.asks.ask(WireKey.config(name), lattice.now)) {
            effects.add(new Effect.AskConfig(name));
        }
    }
}
