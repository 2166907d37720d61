package dev.trellis.scheduler.loop;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.History;
import dev.trellis.scheduler.step.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tells the history of what a turn did: one entry for each app that commands were sent for, and one
 * for each app whose phase changed.
 */
final class TurnHistory {
    private final LatticeName lattice;
    private final History history;
    private final Map<AppName, Phase> phases = new HashMap<>();
    private final Map<AppName, Optional<String>> deployed = new HashMap<>();

    TurnHistory(LatticeName lattice, History history) {
        this.lattice = lattice;
        this.history = history;
    }

    void tell(List<Effect> effects, Instant now) {
        var sent = new TreeMap<AppName, List<Effect.Send>>();
        for (var effect : effects) {
            switch (effect) {
                case Effect.Send send ->
                        sent.computeIfAbsent(send.app(), _ -> new ArrayList<>()).add(send);
                case Effect.Publish(var status) -> published(status, now);
                default -> {}
            }
        }
        sent.forEach((app, commands) ->
                history.append(lattice, Optional.of(app), entry(app, commands, now)));
    }

    /** The first status after a start or takeover is no change: somebody told of it before. */
    private void published(AppStatus status, Instant now) {
        deployed.put(status.app(), status.deployed());
        var before = phases.put(status.app(), status.phase());
        if (before != null && before != status.phase()) {
            history.append(
                    lattice,
                    Optional.of(status.app()),
                    History.Entry.of(
                                    now,
                                    History.Kind.EVENT,
                                    status.phase().word(),
                                    status.message())
                            .withVersion(status.deployed()));
        }
    }

    private History.Entry entry(AppName app, List<Effect.Send> sends, Instant now) {
        var kinds = new TreeMap<String, Integer>();
        var reasons = new TreeMap<String, Integer>();
        var hosts = new TreeSet<HostId>();
        var subjects = new TreeSet<String>();
        for (var send : sends) {
            kinds.merge(kind(send.command()), 1, Integer::sum);
            reasons.merge(send.reason(), 1, Integer::sum);
            subjects.add(subject(send.command()));
            if (send.command() instanceof Command.OnHost onHost) {
                hosts.add(onHost.host());
            }
        }
        var most =
                reasons.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse("");
        return History.Entry.of(now, History.Kind.COMMAND, most, message(kinds, subjects))
                .withVersion(deployed.getOrDefault(app, Optional.empty()))
                .withCommands(kinds)
                .withHosts(List.copyOf(hosts));
    }

    private static String message(Map<String, Integer> kinds, Set<String> subjects) {
        var counts =
                kinds.entrySet().stream()
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", "));
        var some = subjects.stream().limit(5).collect(Collectors.joining(", "));
        return counts + ": " + some + (subjects.size() > 5 ? " and others" : "");
    }

    /** As the plan of the API counts them. */
    private static String kind(Command command) {
        return switch (command) {
            case Command.Scale _ -> "scale";
            case Command.StartProvider _ -> "startProvider";
            case Command.StopProvider _ -> "stopProvider";
            case Command.PutLink _ -> "putLink";
            case Command.DeleteLink _ -> "deleteLink";
            case Command.PutConfig _ -> "putConfig";
            case Command.DeleteConfig _ -> "deleteConfig";
        };
    }

    private static String subject(Command command) {
        return switch (command) {
            case Command.OnHost onHost -> onHost.id().value();
            case Command.PutLink(var link) -> link.source() + " to " + link.target();
            case Command.DeleteLink(var key) -> key.source() + " " + key.name();
            case Command.PutConfig(var name, _) -> name;
            case Command.DeleteConfig(var name) -> name;
        };
    }
}
