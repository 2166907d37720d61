package dev.trellis.events.lease;

import io.nats.client.api.StorageType;
import java.time.Duration;

/**
 * How leases are kept.
 *
 * @param process this process's name, as others see the owner; unique among replicas
 * @param account part of the bucket's name; empty: none
 * @param replicas of the bucket, where it has to be made
 * @param storage of the bucket, where it has to be made
 * @param renewEvery how often an owner writes its key
 * @param freeAfter how long a key may stay unwritten before it is taken over
 * @param pollEvery how often a standby reads the key
 * @param requestTimeout how long one request to the bucket may take; short, as nobody may take
 *     itself for the owner for longer than {@code freeAfter}
 */
public record LeaseSettings(
        String process,
        String account,
        int replicas,
        StorageType storage,
        Duration renewEvery,
        Duration freeAfter,
        Duration pollEvery,
        Duration requestTimeout) {
    public static final LeaseSettings DEFAULTS =
            new LeaseSettings(
                    "trellis",
                    "",
                    1,
                    StorageType.File,
                    Duration.ofMillis(500),
                    Duration.ofMillis(1500),
                    Duration.ofMillis(250),
                    Duration.ofMillis(400));

    public LeaseSettings {
        if (process.isBlank()) {
            throw new IllegalArgumentException("process must not be empty");
        }
        if (!account.matches("[A-Za-z0-9_-]*")
                || account.equals("leases")
                || account.equals("history")) {
            throw new IllegalArgumentException(
                    "account must be letters, digits, _, -, and not leases or history: " + account);
        }
        if (replicas < 1 || replicas > 5) {
            throw new IllegalArgumentException("replicas must be 1 to 5: " + replicas);
        }
        if (pollEvery.toMillis() < 10 || renewEvery.toMillis() < 10) {
            throw new IllegalArgumentException(
                    "poll-every and renew-every must be at least 10 ms: "
                            + pollEvery
                            + ", "
                            + renewEvery);
        }
        if (requestTimeout.toMillis() < 10
                || renewEvery.plus(requestTimeout).compareTo(freeAfter) >= 0) {
            throw new IllegalArgumentException(
                    "renew-every and request-timeout must together be less than free-after: "
                            + renewEvery
                            + ", "
                            + requestTimeout
                            + ", "
                            + freeAfter);
        }
    }

    /** The same under another name of this process. */
    public LeaseSettings withProcess(String process) {
        return new LeaseSettings(
                process,
                account,
                replicas,
                storage,
                renewEvery,
                freeAfter,
                pollEvery,
                requestTimeout);
    }

    String bucketName() {
        return account.isEmpty() ? "trellis_leases" : "trellis_" + account + "_leases";
    }
}
