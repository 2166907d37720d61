package dev.trellis.scheduler.place;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks the hosts of one app: by SHA-256 of the UTF-8 text {@code app|host}, compared as bytes.
 *
 * <p>Remembers the hashes it computed, so an app's solves may share one; what it remembers never
 * changes an answer. For one thread. Memory: about 150 bytes for each host id ever seen, so drop it
 * now and then where ids come and go.
 */
public final class HostOrder {

    private final String app;
    private final MessageDigest sha256;
    private final Map<String, Rank> ranks = new HashMap<>();

    public HostOrder(String app) {
        this.app = app;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    String app() {
        return app;
    }

    /** The slots, lowest order first. */
    HostSlot[] sorted(List<HostSlot> hosts) {
        var placed = new Ranked[hosts.size()];
        Arrays.setAll(placed, i -> new Ranked(rank(hosts.get(i).id()), hosts.get(i)));
        Arrays.sort(placed);
        var slots = new HostSlot[placed.length];
        Arrays.setAll(slots, i -> placed[i].slot());
        return slots;
    }

    private Rank rank(String host) {
        return ranks.computeIfAbsent(host, this::hash);
    }

    private Rank hash(String host) {
        var bytes = sha256.digest((app + "|" + host).getBytes(StandardCharsets.UTF_8));
        return new Rank(ByteBuffer.wrap(bytes).getLong(), bytes);
    }

    /** The first eight bytes decide nearly always; they are kept as one number. */
    @SuppressWarnings("ArrayRecordComponent") // never compared by equals, never leaves this file
    private record Rank(long first, byte[] bytes) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            int byFirst = Long.compareUnsigned(first, other.first);
            return byFirst != 0 ? byFirst : Arrays.compareUnsigned(bytes, other.bytes);
        }
    }

    private record Ranked(Rank rank, HostSlot slot) implements Comparable<Ranked> {
        @Override
        public int compareTo(Ranked other) {
            return rank.compareTo(other.rank);
        }
    }
}
