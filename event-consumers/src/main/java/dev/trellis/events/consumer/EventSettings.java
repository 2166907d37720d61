package dev.trellis.events.consumer;

import io.nats.client.api.StorageType;
import java.time.Duration;

/**
 * How the lattice's events are kept and read.
 *
 * @param stream its name where it has to be made; an account is appended to it
 * @param account put before every subject; empty: none
 * @param replicas of the stream, where it has to be made
 * @param storage of the stream, where it has to be made
 * @param replay how far back following begins, and how long a stream that is made keeps events; two
 *     heartbeats and a little, so that a replay holds one of every host
 * @param batch events asked for at a time
 * @param idleCheck how long nothing may come before the consumer is looked at
 * @param retryMin first wait after a failure; doubled at each further one
 * @param retryMax longest wait between tries
 */
public record EventSettings(
        String stream,
        String account,
        int replicas,
        StorageType storage,
        Duration replay,
        int batch,
        Duration idleCheck,
        Duration retryMin,
        Duration retryMax) {
    public static final EventSettings DEFAULTS =
            new EventSettings(
                    "wasmbus_events",
                    "",
                    1,
                    StorageType.File,
                    Duration.ofSeconds(70),
                    1000,
                    Duration.ofSeconds(5),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(5));

    public EventSettings {
        if (!stream.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("stream must be letters, digits, _, -: " + stream);
        }
        if (!account.matches("[A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException("account must be letters, digits, _, -: " + account);
        }
        if (replicas < 1 || replicas > 5) {
            throw new IllegalArgumentException("replicas must be 1 to 5: " + replicas);
        }
        if (replay.toSeconds() < 1 || replay.toHours() >= 24) {
            throw new IllegalArgumentException("replay must be 1 s to 24 h: " + replay);
        }
        if (batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException("batch must be 1 to 10000: " + batch);
        }
        if (idleCheck.toMillis() < 100 || idleCheck.toSeconds() > 60) {
            throw new IllegalArgumentException("idle-check must be 100 ms to 60 s: " + idleCheck);
        }
        if (retryMin.toMillis() < 10 || retryMax.compareTo(retryMin) < 0) {
            throw new IllegalArgumentException(
                    "retry-min must be 10 ms to retry-max: " + retryMin + ", " + retryMax);
        }
        if (retryMax.toSeconds() > 60) {
            throw new IllegalArgumentException("retry-max must be at most 60 s: " + retryMax);
        }
    }

    /** The stream's name with the account in it. */
    String streamName() {
        return account.isEmpty() ? stream : stream + "_" + account;
    }
}
