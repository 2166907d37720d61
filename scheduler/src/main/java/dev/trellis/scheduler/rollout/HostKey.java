package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * Hashes of host ids. A record keeps hosts by 8 bytes of SHA-256, and hosts of a stage are taken in
 * the order of SHA-256 of {@code rollout|stage|host}, so that each rollout begins with other hosts
 * and one that is decided again begins with the same.
 */
public final class HostKey {
    private HostKey() {}

    /** What a record calls a host. */
    public static long of(HostId host) {
        return ByteBuffer.wrap(sha256(host.value())).getLong();
    }

    /** The order in which a stage takes its hosts. */
    static Comparator<HostId> order(String rollout, int stage) {
        return Comparator.comparing((HostId host) -> rank(rollout, stage, host))
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
