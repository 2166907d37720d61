package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which hosts that are not on their target may be stopped and started now. A host that was admitted
 * has its place already, and one that does not serve needs none; every other waits for one. In a
 * rollback the last stage goes first, each against its order.
 */
final class Returns {
    private final Sight sight;
    private final Draft draft;

    Returns(Sight sight) {
        this.sight = sight;
        this.draft = sight.draft;
    }

    Set<HostId> released() {
        var released = new LinkedHashSet<HostId>();
        var waiting = new ArrayList<HostSeen>();
        int away = 0;
        for (var host : sight.seen.hosts().values()) {
            boolean off = !Target.of(draft, host).isOn(host.on());
            boolean isAway = sight.isAway(host);
            away += isAway ? 1 : 0;
            if (!off) {
                continue;
            }
            if (isAway) {
                released.add(host.host());
            } else {
                waiting.add(host);
            }
        }
        int most = atOnce(released.size() + waiting.size());
        int budget = draft.phase == RolloutPhase.CANCELLED ? Integer.MAX_VALUE : sight.budget();
        waiting.sort(order());
        for (var host : waiting) {
            if (away >= budget || released.size() >= most) {
                break;
            }
            released.add(host.host());
            away++;
        }
        return released;
    }

    private int atOnce(int hosts) {
        return draft.phase == RolloutPhase.ROLLING_BACK
                ? Math.max(1, sight.terms().rollbackMaxParallel().roundedUp(hosts))
                : Integer.MAX_VALUE;
    }

    private Comparator<HostSeen> order() {
        var ranks = new HashMap<HostId, String>();
        Comparator<HostSeen> lastStageFirst =
                Comparator.comparingInt((HostSeen h) -> -stageOf(h.host()));
        return lastStageFirst
                .thenComparing(
                        (HostSeen h) ->
                                ranks.computeIfAbsent(
                                        h.host(), id -> HostKey.rank(draft.id(), stageOf(id), id)),
                        Comparator.reverseOrder())
                .thenComparing(HostSeen::host);
    }

    private int stageOf(HostId host) {
        var member = draft.member(host);
        return member == null ? -1 : member.stage();
    }
}
