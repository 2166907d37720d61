package dev.trellis.scheduler.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Adds instances of one spread one at a time where limits and bounds tie hosts together: the first
 * class of hosts that none of them forbids, there the emptiest host. Each added costs as much as
 * there are classes, not hosts.
 */
final class CellFill {

    private final State state;
    private final Ties ties;
    private final int spread;
    private final List<PriorityQueue<Integer>> cells;
    private final Comparator<Integer> order;

    CellFill(State state, int spread) {
        this.state = state;
        this.ties = Objects.requireNonNull(state.ties);
        this.spread = spread;
        var within = Steps.emptiest(state, spread);
        this.order =
                Comparator.<Integer>comparingInt(host -> state.layout.slots[host].ahead() ? 0 : 1)
                        .thenComparingLong(this::domainLoad)
                        .thenComparing(within);
        var byClass = new ArrayList<@Nullable PriorityQueue<Integer>>();
        for (int c = 0; c < ties.classes(); c++) {
            byClass.add(null);
        }
        for (int host : state.layout.eligible[spread]) {
            if (state.room(host) > 0) {
                int c = ties.classOf[host];
                var cell = byClass.get(c);
                if (cell == null) {
                    cell = new PriorityQueue<>(within);
                    byClass.set(c, cell);
                }
                cell.add(host);
            }
        }
        this.cells = new ArrayList<>();
        for (var cell : byClass) {
            if (cell != null) {
                cells.add(cell);
            }
        }
    }

    private long domainLoad(int host) {
        return state.layout.problem.topology().isEmpty() ? 0 : ties.load(0, spread, host);
    }

    /** Adds one; false when nowhere it may go. */
    boolean one() {
        PriorityQueue<Integer> best = null;
        long[] ceilings = ties.ceilings(spread);
        for (var cell : cells) {
            if (!cell.isEmpty()
                    && (best == null || order.compare(cell.element(), best.element()) < 0)
                    && ties.isBelowLimits(cell.element())
                    && ties.broken(spread, cell.element(), ceilings) < 0) {
                best = cell;
            }
        }
        if (best == null) {
            return false;
        }
        int host = best.remove();
        state.change(spread, host, 1);
        if (state.room(host) > 0) {
            best.add(host);
        }
        return true;
    }
}
