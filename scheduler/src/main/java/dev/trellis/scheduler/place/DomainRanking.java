package dev.trellis.scheduler.place;

import java.util.Comparator;
import java.util.TreeSet;

/** The domains of one spread by load, then label, kept sorted while instances move between them. */
final class DomainRanking {

    private final State state;
    private final int[][] domains;
    private final long[] loads;
    private final TreeSet<Integer> all;
    private final TreeSet<Integer> roomy;

    /** {@code domains}: the hosts of the spread by label, the labels in order. */
    DomainRanking(State state, int spread, int[][] domains) {
        this.state = state;
        this.domains = domains;
        this.loads = state.sums(spread, domains);
        var byLoad =
                Comparator.<Integer>comparingLong(domain -> loads[domain])
                        .thenComparing(Comparator.naturalOrder());
        this.all = new TreeSet<>(byLoad);
        this.roomy = new TreeSet<>(byLoad);
        for (int domain = 0; domain < loads.length; domain++) {
            add(domain);
        }
    }

    /** 0 when no domain has room. */
    long skew() {
        return roomy.isEmpty() ? 0 : loads[fullest()] - loads[emptiestWithRoom()];
    }

    /** Ties: the highest label. */
    int fullest() {
        return all.last();
    }

    /** Ties: the lowest label. */
    int emptiestWithRoom() {
        return roomy.first();
    }

    /** To be called before the load of a domain changes. */
    void changing(int from, int to) {
        remove(from);
        remove(to);
    }

    /** To be called after one instance moved. */
    void changed(int from, int to) {
        loads[from]--;
        loads[to]++;
        add(from);
        add(to);
    }

    private void remove(int domain) {
        all.remove(domain);
        roomy.remove(domain);
    }

    private void add(int domain) {
        all.add(domain);
        if (state.anyRoom(domains[domain])) {
            roomy.add(domain);
        }
    }
}
