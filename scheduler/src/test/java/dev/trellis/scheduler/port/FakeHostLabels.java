package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.CommandBus.Answer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Hosts that have nothing but labels; answers within the call. */
public final class FakeHostLabels implements HostLabels {
    private final Map<HostId, Map<String, String>> hosts = new ConcurrentHashMap<>();

    /** A host without labels. */
    public void add(HostId host) {
        hosts.put(host, new ConcurrentHashMap<>());
    }

    /** A copy; empty for a host that isn't there. */
    public Map<String, String> of(HostId host) {
        return new TreeMap<>(hosts.getOrDefault(host, Map.of()));
    }

    @Override
    public void put(
            LatticeName lattice,
            HostId host,
            String key,
            String value,
            Consumer<Answer> whenAnswered) {
        var labels = hosts.get(host);
        if (labels == null) {
            whenAnswered.accept(new Answer.NoResponders());
        } else if (key.toLowerCase(Locale.ROOT).startsWith("hostcore.")) {
            whenAnswered.accept(new Answer.Refused("hostcore.* labels cannot be set dynamically"));
        } else {
            labels.put(key, value);
            whenAnswered.accept(new Answer.Accepted("successfully put label"));
        }
    }

    @Override
    public void delete(
            LatticeName lattice, HostId host, String key, Consumer<Answer> whenAnswered) {
        var labels = hosts.get(host);
        if (labels == null) {
            whenAnswered.accept(new Answer.NoResponders());
        } else {
            labels.remove(key);
            whenAnswered.accept(new Answer.Accepted("successfully deleted label"));
        }
    }
}
