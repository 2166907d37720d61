package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.WorkloadId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;

/** Hashes of content that is staged. */
public final class RevisionHash {
    private static final int DIGITS = 16;
    private static final int OF_CONFIG = 8;

    private RevisionHash() {}

    /**
     * Of everything that covered workloads are started with, and of how often the version was
     * restarted: two versions with the same hash need no host to move. References count as written;
     * a versioned config counts by its name, which has its content's hash.
     */
    public static String of(WantedApp app, Set<WorkloadId> covered) {
        var text = new StringBuilder();
        app.workloads().stream()
                .filter(w -> covered.contains(w.id()))
                .sorted(Comparator.comparing(Workload::id))
                .forEach(w ->
                        text.append(w.id())
                                .append('\n')
                                .append(w.kind())
                                .append('\n')
                                .append(w.image())
                                .append('\n')
                                .append(w.config())
                                .append('\n'));
        int restarts = app.label().indexOf('.');
        text.append(restarts < 0 ? "" : app.label().substring(restarts));
        return digits(text.toString(), DIGITS);
    }

    /** The end of a versioned config's name. */
    static String ofConfig(SortedMap<String, String> values) {
        var text = new StringBuilder();
        values.forEach((key, value) ->
                text.append(key.length()).append(key).append(value.length()).append(value));
        return digits(text.toString(), OF_CONFIG);
    }

    private static String digits(String text, int count) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, count);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
