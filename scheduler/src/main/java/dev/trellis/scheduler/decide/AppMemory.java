package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.place.HostOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of an app from one plan to the next, in the owner's memory only: what each
 * host was last meant to run, and when instances were moved. It keeps a host its place while it
 * changes version or fails, and a move its direction while it is under way; a new owner starts
 * without and places by what is seen.
 */
public final class AppMemory {
    /**
     * What the hosts were last meant to run.
     *
     * @param perHost by host id; absent: nothing
     * @param known hosts that were looked at: only what runs on others is news
     * @param leaving hosts that give instances to others
     */
    record Intent(Map<String, Integer> perHost, Set<String> known, Set<String> leaving) {}

    private final Map<WorkloadId, Intent> intents = new HashMap<>();
    private final Map<WorkloadId, List<Instant>> moves = new HashMap<>();
    private final Map<WorkloadId, Map<HostId, String>> stuck = new HashMap<>();
    private final Map<At, String> labels = new HashMap<>();
    private final Flips<At> flips;
    private final HostOrder order;

    public AppMemory(String app) {
        order = new HostOrder(app);
        flips = new Flips<>();
    }

    private AppMemory(AppMemory other) {
        order = other.order;
        flips = new Flips<>();
        intents.putAll(other.intents);
        labels.putAll(other.labels);
        other.moves.forEach((id, times) -> moves.put(id, new ArrayList<>(times)));
    }

    /** For trying out what would be done, without doing it. */
    AppMemory copy() {
        return new AppMemory(this);
    }

    Optional<Intent> intent(WorkloadId id) {
        return Optional.ofNullable(intents.get(id));
    }

    /** What a host is meant to run of an id; 0 where nothing was decided. */
    public int intended(WorkloadId id, HostId host) {
        var intent = intents.get(id);
        return intent == null ? 0 : intent.perHost().getOrDefault(host.value(), 0);
    }

    /** Whether the host is meant to run anything. */
    public boolean isIntended(HostId host) {
        return intents.keySet().stream().anyMatch(id -> intended(id, host) > 0);
    }

    void intend(WorkloadId id, Intent intent) {
        intents.put(id, intent);
    }

    void sawLabel(At at, String label) {
        labels.put(at, label);
    }

    /** What version an entry said it was started as, when it last said so. */
    Optional<String> lastLabel(At at) {
        return Optional.ofNullable(labels.get(at));
    }

    /** Nothing of a workload is left on the host. */
    void vacated(At at) {
        labels.remove(at);
    }

    /** The host is gone, or began anew. */
    public void forget(HostId host) {
        labels.keySet().removeIf(at -> at.host().equals(host));
        flips.forget(at -> at.host().equals(host));
    }

    /** Whether something is still to leave the host for others. */
    boolean isLeaving(HostId host) {
        return intents.values().stream()
                .anyMatch(intent -> intent.leaving().contains(host.value()));
    }

    void moved(WorkloadId id, int count, Instant now) {
        var times = moves.computeIfAbsent(id, _ -> new ArrayList<>());
        for (int i = 0; i < count; i++) {
            times.add(now);
        }
    }

    /** Moves made within {@code per} before now; older ones are forgotten. */
    int movedWithin(WorkloadId id, Duration per, Instant now) {
        var times = moves.getOrDefault(id, new ArrayList<>());
        times.removeIf(at -> !at.plus(per).isAfter(now));
        return times.size();
    }

    /** When the oldest move that still counts no longer does; the end of time when none counts. */
    Instant nextMove(WorkloadId id, Duration per) {
        var times = moves.getOrDefault(id, List.of());
        return times.isEmpty() ? Instant.MAX : times.getFirst().plus(per);
    }

    /** What draining hosts keep of a workload, in words: how many fit nowhere else, and why. */
    void stuck(WorkloadId id, Map<HostId, String> messages) {
        stuck.put(id, messages);
    }

    /** Why a draining host still has something of this app; one line for each workload. */
    public List<String> whatKeeps(HostId host) {
        var lines = new ArrayList<String>();
        for (var messages : stuck.values()) {
            var line = messages.get(host);
            if (line != null) {
                lines.add(line);
            }
        }
        lines.sort(null);
        return lines;
    }

    /** To be called when something is sent to a host. */
    public void sent(At at, Instant now) {
        flips.sent(at, now);
    }

    Flips<At> flips() {
        return flips;
    }

    HostOrder order() {
        return order;
    }
}
