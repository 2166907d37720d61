package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was sent to hosts and is not yet seen: at most one command for each workload of a host. Each
 * counts as on its way until it is seen done, fails, or its deadline passes.
 */
public final class InFlight {
    /** A command on its way; {@code count} is what the host is to run then, 0: a stop. */
    public record Sent(
            AppName app, Command.OnHost command, int count, Instant at, Instant deadline) {}

    private final Map<HostId, Map<WorkloadId, Sent>> sent = new HashMap<>();

    public void add(AppName app, Command.OnHost command, Instant now, Instant deadline) {
        int count =
                switch (command) {
                    case Command.Scale scale -> scale.count();
                    case Command.StartProvider _ -> 1;
                    case Command.StopProvider _ -> 0;
                };
        sent.computeIfAbsent(command.host(), _ -> new HashMap<>())
                .put(command.id(), new Sent(app, command, count, now, deadline));
    }

    public Optional<Sent> at(HostId host, WorkloadId id) {
        var there = sent.get(host);
        return there == null ? Optional.empty() : Optional.ofNullable(there.get(id));
    }

    public boolean any(HostId host) {
        return sent.containsKey(host);
    }

    /** When the first deadline passes; the end of time when nothing is on its way. */
    public Instant nextDeadline() {
        var next = Instant.MAX;
        for (var there : sent.values()) {
            for (var one : there.values()) {
                next = one.deadline().isBefore(next) ? one.deadline() : next;
            }
        }
        return next;
    }

    public Optional<Sent> remove(HostId host, WorkloadId id) {
        var there = sent.get(host);
        if (there == null) {
            return Optional.empty();
        }
        var gone = Optional.ofNullable(there.remove(id));
        if (there.isEmpty()) {
            sent.remove(host);
        }
        return gone;
    }

    /** Removes what {@code seen} proves done, and returns it. */
    public Optional<Sent> seen(HostId host, WorkloadId id, Optional<Running> seen) {
        return at(host, id).filter(was -> proves(was, seen)).flatMap(_ -> remove(host, id));
    }

    /** The same for all that a host says it runs. */
    public List<Sent> seen(HostInventory inventory) {
        var there = sent.get(inventory.host());
        if (there == null) {
            return List.of();
        }
        var done = new ArrayList<Sent>();
        for (var id : List.copyOf(there.keySet())) {
            var running = Optional.ofNullable(inventory.workloads().get(id));
            seen(inventory.host(), id, running).ifPresent(done::add);
        }
        return done;
    }

    public void hostGone(HostId host) {
        sent.remove(host);
    }

    /** The host began anew then: what was sent to it before is lost with what it was. */
    public List<Sent> hostBegan(HostId host, Instant then) {
        var lost = new ArrayList<Sent>();
        for (var one : sent.getOrDefault(host, Map.of()).values()) {
            if (one.at().isBefore(then)) {
                lost.add(one);
            }
        }
        for (var one : lost) {
            var _ = remove(host, one.command().id());
        }
        return lost;
    }

    /** Takes out what is past its deadline. */
    public List<Sent> expired(Instant now) {
        var expired = new ArrayList<Sent>();
        for (var there : sent.values()) {
            for (var one : there.values()) {
                if (!one.deadline().isAfter(now)) {
                    expired.add(one);
                }
            }
        }
        for (var one : expired) {
            var _ = remove(one.command().host(), one.command().id());
        }
        return expired;
    }

    private static boolean proves(Sent was, Optional<Running> seen) {
        return switch (was.command()) {
            case Command.Scale scale ->
                    scale.count() == 0
                            ? seen.isEmpty()
                            : seen.isPresent()
                                    && seen.get().instances() == scale.count()
                                    && seen.get().image().equals(scale.image());
            case Command.StartProvider _ -> seen.isPresent();
            case Command.StopProvider _ -> seen.isEmpty();
        };
    }
}
