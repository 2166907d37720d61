package dev.trellis.scheduler.place;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An assignment under construction, indexed as its {@link Layout}. */
final class State {

    final Layout layout;

    /** By spread and host. */
    final int[][] count;

    /** By host, over all spreads. */
    final int[] load;

    /** By spread. */
    final int[] total;

    /** By spread and host: when the spread last came to the host; tells who came first. */
    private final int[][] arrival;

    private int arrivals;

    /** What ties hosts together; absent in a plain problem, where nothing does. */
    final @Nullable Ties ties;

    State(Layout layout) {
        this.layout = layout;
        this.ties = layout.tied ? new Ties(layout) : null;
        this.count = new int[layout.spreads()][layout.hosts()];
        this.arrival = new int[layout.spreads()][layout.hosts()];
        this.load = new int[layout.hosts()];
        this.total = new int[layout.spreads()];
    }

    void change(int spread, int host, int by) {
        if (count[spread][host] == 0) {
            arrival[spread][host] = arrivals++;
        }
        count[spread][host] += by;
        load[host] += by;
        total[spread] += by;
        if (ties != null) {
            ties.changed(spread, host, by, room(host));
        }
    }

    boolean hasRoom(int host) {
        return room(host) > 0 && (ties == null || ties.isBelowLimits(host));
    }

    /** What the host may still get; a cordoned host counts as full. */
    int room(int host) {
        var slot = layout.slots[host];
        return slot.cordoned() ? 0 : slot.cap() - load[host];
    }

    boolean anyRoom(int[] hosts) {
        for (int host : hosts) {
            if (hasRoom(host)) {
                return true;
            }
        }
        return false;
    }

    /** Own instances of the spread in a group of hosts: the domain load. */
    long sum(int spread, int[] hosts) {
        long sum = 0;
        for (int host : hosts) {
            sum += count[spread][host];
        }
        return sum;
    }

    /** Domain loads of a spread, as in {@link Layout#domains}. */
    long[] domainLoads(int spread) {
        return sums(spread, layout.domains[spread]);
    }

    /** Own instances of the spread, by group of hosts. */
    long[] sums(int spread, int[][] groups) {
        var loads = new long[groups.length];
        for (int group = 0; group < loads.length; group++) {
            loads[group] = sum(spread, groups[group]);
        }
        return loads;
    }

    /** The spreads with instances on a host, in the order in which they came. */
    int[] spreadsOn(int host) {
        return IntStream.range(0, count.length)
                .filter(spread -> count[spread][host] > 0)
                .boxed()
                .sorted((a, b) -> Integer.compare(arrival[a][host], arrival[b][host]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
