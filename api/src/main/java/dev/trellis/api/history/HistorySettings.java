package dev.trellis.api.history;

import java.time.Duration;
import java.util.Optional;

/**
 * How the history is kept. The first three are used only where the stream has to be made.
 *
 * @param account the tenant; names the stream {@code trellis_history_<account>}
 * @param replicas of the stream, 1 to 5
 * @param maxAge how long an entry is kept
 * @param perSubject entries kept of one app, or of a lattice without its apps
 * @param queue entries that may wait while NATS is away; more are lost, the oldest first
 * @param timeout longest wait for one answer of the stream
 */
public record HistorySettings(
        Optional<String> account,
        int replicas,
        Duration maxAge,
        int perSubject,
        int queue,
        Duration timeout) {
    public static final HistorySettings DEFAULTS =
            new HistorySettings(
                    Optional.empty(), 1, Duration.ofDays(30), 1000, 10_000, Duration.ofSeconds(2));

    public HistorySettings {
        if (replicas < 1 || replicas > 5) {
            throw new IllegalArgumentException("replicas must be 1 to 5: " + replicas);
        }
        if (maxAge.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("max-age must be at least 1m: " + maxAge);
        }
        if (perSubject < 1 || perSubject > 100_000) {
            throw new IllegalArgumentException("per-subject must be 1 to 100000: " + perSubject);
        }
        if (queue < 1) {
            throw new IllegalArgumentException("queue must be at least 1: " + queue);
        }
        if (timeout.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("timeout must be at least 100ms: " + timeout);
        }
    }
}
