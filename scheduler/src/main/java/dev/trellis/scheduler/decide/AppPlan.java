package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What one look at an app came to.
 *
 * @param steps what is missing now, in the order in which it is to be sent
 * @param ask configs whose values have to be known first
 * @param settledDown nothing is left to move or start: what no version wants any more may go
 * @param away hosts that are not serving or in transition once the steps are sent
 * @param wakeAt when to look again though nothing happens; the end of time when nothing waits
 */
public record AppPlan(
        List<Step> steps,
        Set<String> ask,
        boolean settledDown,
        Set<HostId> away,
        Instant wakeAt,
        AppStatus status) {}
