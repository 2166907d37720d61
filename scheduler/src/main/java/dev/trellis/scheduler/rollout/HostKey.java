package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of host ids. A record keeps hosts by 8 bytes of SHA-256, and hosts of a stage are taken in
 * the order of SHA-256 of {@code rollout|stage|host}, so that each rollout begins with other hosts
 * and one that is decided again begins with the same.
 */
public final class HostKey {
    /** A power of two: what a host's hash code selects. 10,000 hosts seldom share a place. */
    private static final int PLACES = 1 << 16;

    /**
     * Every look asks for every host's key several times; a key costs a microsecond to work out.
     */
    private static final AtomicReferenceArray<@Nullable Known> KNOWN =
            new AtomicReferenceArray<>(PLACES);

    private record Known(HostId host, long key) {}

    private HostKey() {}

    /** What a record calls a host. */
    public static long of(HostId host) {
        int hash = host.hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        var known = KNOWN.get(place);
        if (known == null || !known.host().value().equals(host.value())) {
            known = new Known(host, ByteBuffer.wrap(sha256(host.value())).getLong());
            KNOWN.set(place, known);
        }
        return known.key();
    }

    /** The order in which a stage takes its hosts. */
    static Comparator<HostId> order(String rollout, int stage) {
        var ranks = new HashMap<HostId, String>();
        return Comparator.comparing(
                        (HostId host) -> ranks.computeIfAbsent(host, h -> rank(rollout, stage, h)))
                .thenComparing(Comparator.naturalOrder());
    }

    /** A host's place in that order, as 64 hexadecimal digits. */
    public static String rank(String rollout, int stage, HostId host) {
        return HexFormat.of().formatHex(sha256(rollout + "|" + stage + "|" + host));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
