package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.OnShort;
import dev.trellis.manifest.rollout.Remainder;
import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.manifest.rollout.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * What the hosts there are make impossible of a policy, with the numbers. Said of a lattice that is
 * settled and has covered hosts; else nothing can be said yet.
 */
public final class Possible {
    private Possible() {}

    /** What is against the rollout; empty: nothing. */
    public static List<String> problems(
            List<Stage> plan, RolloutPolicy policy, boolean skipping, Snapshot seen) {
        var problems = new ArrayList<String>();
        int covered = seen.hosts().size();
        if (covered > RolloutRecord.MAX_HOSTS) {
            problems.add(
                    covered
                            + " covered hosts, a rollout may have at most "
                            + RolloutRecord.MAX_HOSTS);
        }
        if (skipping) {
            return problems;
        }
        stages(plan, policy, seen, problems);
        first(plan.getFirst(), seen, problems);
        return problems;
    }

    private static void stages(
            List<Stage> plan, RolloutPolicy policy, Snapshot seen, List<String> problems) {
        int alone = 0;
        for (var host : seen.hosts().values()) {
            alone += plan.stream().noneMatch(s -> s.selector().matches(host.labels())) ? 1 : 0;
        }
        if (policy.remainder() == Remainder.APPEND) {
            return;
        }
        int covered = seen.hosts().size();
        if (alone == covered) {
            problems.add("none of " + covered + " covered hosts matches any stage");
        } else if (alone > 0 && policy.remainder() == Remainder.FAIL) {
            problems.add(
                    alone + " of " + covered + " covered hosts match no stage, remainder is fail");
        }
    }

    private static void first(Stage first, Snapshot seen, List<String> problems) {
        long matching =
                seen.hosts().values().stream()
                        .filter(h -> first.selector().matches(h.labels()))
                        .count();
        int quota = Membership.quota(first, (int) matching);
        if (quota < first.minHosts() && first.onShort() == OnShort.FAIL) {
            problems.add(
                    "stage "
                            + first.name()
                            + " would have "
                            + quota
                            + " host(s) and needs "
                            + first.minHosts());
        }
    }
}
