package dev.trellis.api.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How apps are taken over from wadm.
 *
 * @param account the tenant, whose name wadm put before its keys; empty: none
 * @param bucket wadm's bucket of manifests
 * @param atStart lattices to import when the process starts, with commas between; empty: none
 * @param timeout longest wait for one answer of the store
 */
public record ImportSettings(
        Optional<String> account, String bucket, Optional<String> atStart, Duration timeout) {
    // before the defaults, which are checked by it
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public static final ImportSettings DEFAULTS =
            new ImportSettings(
                    Optional.empty(), "wadm_manifests", Optional.empty(), Duration.ofSeconds(2));

    public ImportSettings {
        if (!NAME.matcher(bucket).matches()) {
            throw new IllegalArgumentException("bucket must match " + NAME + ": " + bucket);
        }
        for (var lattice : split(atStart)) {
            if (!NAME.matcher(lattice).matches()) {
                throw new IllegalArgumentException(
                        "at-start: a lattice must match " + NAME + ": " + lattice);
            }
        }
        if (timeout.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("timeout must be at least 100ms: " + timeout);
        }
    }

    /** The names in {@link #atStart}. */
    public List<String> lattices() {
        return split(atStart);
    }

    private static List<String> split(Optional<String> names) {
        return names.stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
