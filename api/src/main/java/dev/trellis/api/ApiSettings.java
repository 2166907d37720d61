package dev.trellis.api;

import java.time.Duration;
import java.util.Optional;

/**
 * How the API asks and answers.
 *
 * @param account the tenant; prefixes every subject; empty: no prefix
 * @param instance this process's name, shown as the owner of its lattices
 * @param askTimeout longest wait for the owner of a lattice
 * @param retryAfter what a client is told when NATS or the owner is away
 * @param maxWatches watches that may be open at once; more are refused
 */
public record ApiSettings(
        Optional<String> account,
        String instance,
        Duration askTimeout,
        Duration retryAfter,
        int maxWatches) {
    public static final ApiSettings DEFAULTS =
            new ApiSettings(
                    Optional.empty(),
                    "trellis-0",
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    1000);

    public ApiSettings {
        if (askTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("ask-timeout must be at least 1s: " + askTimeout);
        }
        if (retryAfter.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("retry-after must be at least 1s: " + retryAfter);
        }
        if (maxWatches < 1) {
            throw new IllegalArgumentException("max-watches must be at least 1: " + maxWatches);
        }
    }

    /** The same under another instance's name. */
    public ApiSettings withInstance(String other) {
        return new ApiSettings(account, other, askTimeout, retryAfter, maxWatches);
    }

    /** The subject under the account's prefix, where there is one. */
    public String subject(String plain) {
        return account.map(a -> a + "." + plain).orElse(plain);
    }
}
