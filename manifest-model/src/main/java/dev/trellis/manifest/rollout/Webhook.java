package dev.trellis.manifest.rollout;

import java.time.Duration;

/**
 * A service that is asked for a verdict.
 *
 * @param url {@code http} or {@code https}
 * @param timeout of one request; longer than zero
 */
public record Webhook(String url, Duration timeout) {

    /** How long one request may take when nothing else is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
}
