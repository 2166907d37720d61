package dev.trellis.api.http;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.port.LatticeOwner.HostView;
import dev.trellis.scheduler.wanted.HostMark;
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
        return host(id, Optional.empty(), Optional.empty());
    }

    static HostView draining(String id, int left, String message) {
        var note = new HostMark.Note("alice", Instant.parse("2026-11-22T10:00:00Z"), "");
        return host(
                id,
                Optional.of(new HostMark(note, Optional.of(note))),
                Optional.of(new HostView.Draining(left, message)));
    }

    private static HostView host(
            String id, Optional<HostMark> mark, Optional<HostView.Draining> draining) {
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
                mark,
                draining);
    }
}
