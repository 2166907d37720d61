package dev.trellis.scheduler.decide;

import java.util.List;
import java.util.Set;

/**
 * What one look at an app came to.
 *
 * @param steps what is missing now, in the order in which it is to be sent
 * @param ask configs whose values have to be known first
 * @param settledDown nothing is left to move or start: what no version wants any more may go
 */
public record AppPlan(List<Step> steps, Set<String> ask, boolean settledDown, AppStatus status) {}
