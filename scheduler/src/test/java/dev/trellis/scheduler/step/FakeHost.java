package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A host that obeys the scale table of the lattice protocol, 1.5. */
final class FakeHost {
    /** {@code bytes}: the image that really runs, whatever {@code running} records. */
    record Entry(Running running, String bytes, List<String> config) {}

    final HostId id;
    final Instant started;
    final TreeMap<WorkloadId, Entry> entries = new TreeMap<>();
    SortedMap<String, String> labels;
    boolean hung;

    /** The server refuses what it publishes; what it is asked for is answered. */
    boolean heartbeatTooLarge;

    boolean deafToPings;

    FakeHost(String id, Map<String, String> labels, Instant started) {
        this.id = new HostId(id);
        this.labels = new TreeMap<>(labels);
        this.started = started;
    }

    HostInventory inventory(Instant now) {
        var workloads = new TreeMap<WorkloadId, Running>();
        entries.forEach((workload, entry) -> workloads.put(workload, entry.running()));
        return new HostInventory(
                id,
                "friendly-" + id,
                "1.9.2",
                Duration.between(started, now).toSeconds(),
                labels,
                workloads);
    }

    /** The same, seen from inside: an entry that somebody else put there. */
    void put(WorkloadId id, Running running, List<String> config) {
        entries.put(id, new Entry(running, running.image(), config));
    }

    int instances(WorkloadId workload) {
        var entry = entries.get(workload);
        return entry == null ? 0 : entry.running().instances();
    }

    List<LatticeEvent> scale(Command.Scale command, Set<String> configs, Set<String> badImages) {
        var id = command.id();
        var before = entries.get(id);
        if (command.count() == 0) {
            entries.remove(id);
            return List.of(new LatticeEvent.ComponentScaled(this.id, id, Optional.empty()));
        }
        if (before == null) {
            var missing = missing(command.config(), configs);
            if (badImages.contains(command.image()) || !missing.isEmpty()) {
                return List.of(failed(id, "cannot start " + command.image() + missing));
            }
            var running = running(command);
            entries.put(id, new Entry(running, command.image(), command.config()));
            var scaled = new LatticeEvent.ComponentScaled(this.id, id, Optional.of(running));
            return List.of(scaled, scaled);
        }
        var events = new ArrayList<LatticeEvent>();
        var was = before.running();
        if (was.instances() != command.count() || !before.config().equals(command.config())) {
            var missing = missing(command.config(), configs);
            if (!missing.isEmpty()) {
                return List.of(failed(id, "cannot scale" + missing));
            }
            entries.put(id, new Entry(running(command), before.bytes(), command.config()));
        }
        var old = new Running(was.kind(), was.image(), was.annotations(), command.count());
        events.add(new LatticeEvent.ComponentScaled(this.id, id, Optional.of(old)));
        return events;
    }

    /** Empty: refused, the id runs already. */
    Optional<LatticeEvent> start(
            Command.StartProvider command, Set<String> configs, Set<String> badImages) {
        if (entries.containsKey(command.id())) {
            return Optional.empty();
        }
        var missing = missing(command.config(), configs);
        if (badImages.contains(command.image()) || !missing.isEmpty()) {
            return Optional.of(failed(command.id(), "cannot start" + missing));
        }
        var image = command.image().replaceFirst("^[a-z+]+://", "");
        var running = new Running(WorkloadKind.PROVIDER, image, command.annotations(), 1);
        entries.put(command.id(), new Entry(running, image, command.config()));
        return Optional.of(new LatticeEvent.ProviderStarted(id, command.id(), running));
    }

    /** Empty: refused, it does not run. */
    Optional<LatticeEvent> stop(Command.StopProvider command) {
        return entries.remove(command.id()) == null
                ? Optional.empty()
                : Optional.of(new LatticeEvent.ProviderStopped(id, command.id()));
    }

    private static Running running(Command.Scale command) {
        return new Running(
                WorkloadKind.COMPONENT, command.image(), command.annotations(), command.count());
    }

    private static List<String> missing(List<String> wanted, Set<String> configs) {
        return wanted.stream().filter(name -> !configs.contains(name)).toList();
    }

    private LatticeEvent failed(WorkloadId workload, String error) {
        return new LatticeEvent.StartFailed(id, workload, error);
    }
}
