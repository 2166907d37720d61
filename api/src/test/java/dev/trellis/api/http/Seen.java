package dev.trellis.api.http;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.port.LatticeOwner.HostView;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What an owner may have seen. */
final class Seen {
    private Seen() {}

    static HostView host(String id) {
        var labels = new TreeMap<String, String>();
        labels.put("region", "eu");
        return new HostView(
                new HostInventory(
                        new HostId(id), "dark-sea", "1.9.2", 26 * 3600, labels, new TreeMap<>()),
                "Live",
                Instant.parse("2026-11-22T10:00:00Z"),
                new TreeMap<>(),
                new TreeMap<>(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }
}
