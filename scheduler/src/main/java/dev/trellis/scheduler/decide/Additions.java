package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import java.util.ArrayList;
import java.util.List;

/**
 * What is still to be added of one workload, and how much more serves than is wanted: that much may
 * be taken away without anybody noticing. Example: 10 wanted, two of them elsewhere than they run:
 * 10 serve, nothing may go; once one of the two has come, 11 serve, and one may go.
 */
final class Additions {
    private final Occupancy occupancy;
    private final List<HostId> waiting = new ArrayList<>();
    private int spare;

    Additions(WorkloadPlan plan, Situation situation) {
        occupancy = new Occupancy(plan, situation.view());
        for (var cell : plan.cells()) {
            boolean suspect = situation.suspect().test(cell.host());
            spare += (suspect || !cell.serves() ? 0 : cell.running()) - cell.wanted();
            if (cell.wanted() > cell.atMost() && !suspect) {
                waiting.add(cell.host());
            }
        }
    }

    /** How many may be added now of what a host lacks; they count as there from now on. */
    int take(Cell cell) {
        int count = Math.min(cell.wanted() - cell.running(), occupancy.room(cell.host()));
        occupancy.add(cell.host(), count);
        return count;
    }

    /** Whether enough serve without what is too much on the host. */
    boolean isServedWithout(Cell cell) {
        return cell.running() - cell.wanted() <= spare;
    }

    /** Whether something can't be added for a limit that the host's instances fill. */
    boolean mustGoFirst(Cell cell) {
        return waiting.stream()
                .anyMatch(taker ->
                        occupancy.room(taker) == 0
                                && occupancy.sharesFullValue(cell.host(), taker));
    }

    /** What is too much on the host goes; its room stays taken until it is seen gone. */
    void gone(Cell cell, int left) {
        spare -= cell.running() - left;
    }
}
