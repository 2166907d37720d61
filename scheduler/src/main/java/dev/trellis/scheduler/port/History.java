package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was done, when, by whom and why: for people. Nothing is ever decided by it. */
public interface History {
    /** Forgets everything at once; where nobody will ask. */
    History NONE = (_, _, _) -> {};

    /**
     * Adds an entry. Does not wait and does not fail: it is written later, and is lost where NATS
     * stays away for long.
     *
     * @param app empty: the entry is about the lattice or one of its hosts
     */
    void append(LatticeName lattice, Optional<AppName> app, Entry entry);

    /** Who or what an entry tells of. */
    enum Kind {
        /** A person asked for something. */
        VERB("verb"),
        /** The loop sent commands to hosts. */
        COMMAND("command"),
        /** A rollout went from one state to another. */
        ROLLOUT("rollout"),
        /** Something was seen. */
        EVENT("event");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Part of the API: never renamed. */
        public String word() {
            return word;
        }
    }

    /**
     * One entry.
     *
     * @param by who asked; {@link #TRELLIS} for what follows by itself
     * @param reason one constant word for what follows by itself, a person's own text otherwise;
     *     may be empty
     * @param message one sentence
     * @param commands how many of each kind were sent
     * @param hosts the first {@link #MOST_HOSTS} of those it is about
     * @param hostCount all hosts it is about
     */
    record Entry(
            Instant at,
            String by,
            Kind kind,
            Optional<String> version,
            Optional<String> rollout,
            String reason,
            String message,
            SortedMap<String, Integer> commands,
            List<HostId> hosts,
            int hostCount) {
        /** Most host names kept of one entry. */
        public static final int MOST_HOSTS = 100;

        /** Who did what follows by itself. */
        public static final String TRELLIS = "trellis";

        public Entry {
            commands = Collections.unmodifiableSortedMap(new TreeMap<>(commands));
            hosts = hosts.stream().limit(MOST_HOSTS).toList();
        }

        /** Something that a person asked for. */
        public static Entry verb(Instant at, String by, String reason, String message) {
            return of(at, by, Kind.VERB, reason, message);
        }

        /** Something that was seen, or follows by itself. */
        public static Entry of(Instant at, Kind kind, String reason, String message) {
            return of(at, TRELLIS, kind, reason, message);
        }

        private static Entry of(Instant at, String by, Kind kind, String reason, String message) {
            return new Entry(
                    at,
                    by,
                    kind,
                    Optional.empty(),
                    Optional.empty(),
                    reason,
                    message,
                    new TreeMap<>(),
                    List.of(),
                    0);
        }

        public Entry withVersion(Optional<String> other) {
            return new Entry(
                    at, by, kind, other, rollout, reason, message, commands, hosts, hostCount);
        }

        public Entry withRollout(String id) {
            return new Entry(
                    at,
                    by,
                    kind,
                    version,
                    Optional.of(id),
                    reason,
                    message,
                    commands,
                    hosts,
                    hostCount);
        }

        public Entry withHosts(List<HostId> all) {
            return new Entry(
                    at, by, kind, version, rollout, reason, message, commands, all, all.size());
        }

        public Entry withCommands(SortedMap<String, Integer> counts) {
            return new Entry(
                    at, by, kind, version, rollout, reason, message, counts, hosts, hostCount);
        }
    }
}
