package dev.trellis.api.http;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.port.LatticeOwner.HostView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What an owner may have seen. */
final class Seen {
    private Seen() {}

    /** Of the app {@code shop}; whichever it is, it is the owner that was asked. */
    static AppStatus status(Phase phase, String deployed) {
        return status(phase, deployed, "uid");
    }

    /**
     * @param uid of the stored app, for what is published
     */
    static AppStatus status(Phase phase, String deployed, String uid) {
        return new AppStatus(
                new AppName("shop"),
                Optional.of(uid),
                phase,
                "said",
                Optional.of(deployed),
                Optional.of(deployed),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

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
