package dev.trellis.scheduler.place;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** By place. */
    private Rank[] all = new Rank[0];

    private Rank[] byIndex = new Rank[0];
    private Rank[] byInput = new Rank[0];

    /** Never changed once it was handed out. */
    private TreeMap<String, Integer> last = new TreeMap<>();

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
        var found = new Rank[hosts.size()];
        boolean learnt = false;
        for (int i = 0; i < found.length; i++) {
            var id = hosts.get(i).id();
            var rank = ranks.get(id);
            if (rank == null) {
                rank = hash(id);
                ranks.put(id, rank);
                learnt = true;
            }
            found[i] = rank;
        }
        if (learnt) {
            all = ranks.values().toArray(Rank[]::new);
            Arrays.sort(all);
            for (int place = 0; place < all.length; place++) {
                all[place].place = place;
            }
        }
        var slots = new @Nullable HostSlot[all.length];
        for (int i = 0; i < found.length; i++) {
            int place = found[i].place;
            if (slots[place] != null) {
                throw new IllegalArgumentException("two slots for host: " + hosts.get(i).id());
            }
            slots[place] = hosts.get(i);
        }
        byInput = found;
        return index(slots, found.length);
    }

    /** Where the host that was the i-th of those sorted last is among the slots. */
    int indexOfInput(int i) {
        return byInput[i].index;
    }

    private HostSlot[] index(@Nullable HostSlot[] slots, int count) {
        var sorted = new HostSlot[count];
        var ofIndex = new Rank[count];
        int next = 0;
        for (int place = 0; place < slots.length; place++) {
            var slot = slots[place];
            all[place].index = slot == null ? -1 : next;
            if (slot != null) {
                ofIndex[next] = all[place];
                sorted[next++] = slot;
            }
        }
        byIndex = ofIndex;
        return sorted;
    }

    /** Where a host is among the slots sorted last, or -1. */
    int index(String host) {
        var rank = ranks.get(host);
        return rank == null ? -1 : rank.index;
    }

    /**
     * The positive counts by id, of the slots sorted last. Made from the map before by what
     * differs: sorting ten thousand ids costs more than placing on them.
     */
    SortedMap<String, Integer> positive(HostSlot[] slots, int[] counts) {
        var result = new TreeMap<>(last);
        for (var rank : all) {
            if (rank.index < 0 && rank.count > 0) {
                result.remove(rank.id);
                rank.count = 0;
            }
        }
        for (int host = 0; host < counts.length; host++) {
            var rank = byIndex[host];
            int count = counts[host];
            if (count != rank.count) {
                rank.count = count;
                if (count > 0) {
                    result.put(slots[host].id(), count);
                } else {
                    result.remove(rank.id);
                }
            }
        }
        last = result;
        return Collections.unmodifiableSortedMap(result);
    }

    private Rank hash(String host) {
        return new Rank(host, sha256.digest((app + "|" + host).getBytes(StandardCharsets.UTF_8)));
    }

    private static final class Rank implements Comparable<Rank> {

        private final String id;
        private final byte[] bytes;

        /** Among all that are known. */
        private int place;

        /** Among the slots sorted last, or -1. */
        private int index;

        /** In the map made last. */
        private int count;

        Rank(String id, byte[] bytes) {
            this.id = id;
            this.bytes = bytes;
        }

        @Override
        public int compareTo(Rank other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }
    }
}
