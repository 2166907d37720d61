package dev.trellis.api.store;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the bucket is kept.
 *
 * @param account the tenant; names the bucket {@code trellis_<account>}; empty: {@code trellis}
 * @param replicas of the bucket, 1 to 5; used only when it is created
 * @param versionsKept versions kept of an app besides those deployed or known to be good
 * @param timeout longest wait for one answer of the store
 */
public record StoreSettings(
        Optional<String> account, int replicas, int versionsKept, Duration timeout) {
    public static final StoreSettings DEFAULTS =
            new StoreSettings(Optional.empty(), 1, 100, Duration.ofSeconds(2));

    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public StoreSettings {
        if (account.isPresent() && !ACCOUNT.matcher(account.get()).matches()) {
            throw new IllegalArgumentException("account must match " + ACCOUNT);
        }
        // their buckets would be those of the leases and the history of another account, or of none
        if (account.filter(StoreSettings::isTaken).isPresent()) {
            throw new IllegalArgumentException("account must not be " + account.get());
        }
        if (replicas < 1 || replicas > 5) {
            throw new IllegalArgumentException("replicas must be 1 to 5: " + replicas);
        }
        if (versionsKept < 1) {
            throw new IllegalArgumentException("versions-kept must be at least 1: " + versionsKept);
        }
        if (timeout.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("timeout must be at least 100ms: " + timeout);
        }
    }

    private static boolean isTaken(String account) {
        return account.equals("leases") || account.equals("history") || account.endsWith("_leases");
    }

    String bucket() {
        return account.map(a -> "trellis_" + a).orElse("trellis");
    }
}
