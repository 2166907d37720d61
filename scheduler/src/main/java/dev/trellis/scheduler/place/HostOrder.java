package dev.trellis.scheduler.place;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ranks the hosts of one app: by SHA-256 of the UTF-8 text {@code app|host}, compared as bytes.
 *
 * <p>Remembers the ranks it worked out, so the solves of one app should share one; what it
 * remembers never changes an answer. For one thread. Memory: about 150 bytes for each host id ever
 * seen, so drop it now and then where ids come and go.
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

    /** The app whose hosts it ranks. */
    public String app() {
        return app;
    }

    /**
     * The slots, lowest order first. Sorts only when an id is new; else each slot has its place.
     *
     * @throws IllegalArgumentException when two slots have one id
     */
    HostSlot[] sorted(List<HostSlot> hosts) {
        learn(hosts);
        var slots = new @Nullable HostSlot[ranks.size()];
        for (var slot : hosts) {
            int place = rank(slot.id()).place;
            if (slots[place] != null) {
                throw new IllegalArgumentException("two slots for host: " + slot.id());
            }
            slots[place] = slot;
        }
        return Arrays.stream(slots).filter(Objects::nonNull).toArray(HostSlot[]::new);
    }

    private void learn(List<HostSlot> hosts) {
        int known = ranks.size();
        hosts.forEach(slot -> ranks.computeIfAbsent(slot.id(), this::hash));
        if (ranks.size() > known) {
            var all = ranks.values().toArray(Rank[]::new);
            Arrays.sort(all);
            for (int place = 0; place < all.length; place++) {
                all[place].place = place;
            }
        }
    }

    private Rank rank(String host) {
        return ranks.computeIfAbsent(host, this::hash);
    }

    private Rank hash(String host) {
        return new Rank(sha256.digest((app + "|" + host).getBytes(StandardCharsets.UTF_8)));
    }

    private static final class Rank implements Comparable<Rank> {

        private final byte[] bytes;

        /** Among all that are known. */
        private int place;

        Rank(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int compareTo(Rank other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }
    }
}
