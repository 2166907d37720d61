package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.scheduler.observe.HostId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What one decision looks at: the draft, what is seen, the time, and the limits that follow. */
final class Sight {
    final Draft draft;
    final Snapshot seen;
    final Instant now;
    private final Windows windows;

    Sight(Draft draft, Snapshot seen, Instant now) {
        this.draft = draft;
        this.seen = seen;
        this.now = now;
        this.windows = new Windows(terms().windows(), seen.ceilings().windows());
    }

    RolloutPolicy terms() {
        return draft.policy.terms();
    }

    int covered() {
        return seen.hosts().size();
    }

    /** Whether nothing new may begin now. A first deploy that skips the stages has no windows. */
    boolean denied() {
        return !draft.skipping() && windows.deny(now);
    }

    Optional<Instant> windowEnd() {
        return windows.end(now);
    }

    /** Covered hosts in one role of a stage. */
    List<HostSeen> in(int stage, Role role) {
        return where(h -> draft.is(h.host(), stage, role));
    }

    /** Hosts that were told to move and have not baked yet. */
    List<HostSeen> wave() {
        return in(draft.stage, Role.WAVE);
    }

    List<HostSeen> pending() {
        return in(draft.stage, Role.CLAIMED);
    }

    /** Covered hosts that belong to a stage, in whatever role. */
    List<HostSeen> members(int stage) {
        return where(h -> {
            var member = draft.member(h.host());
            return member != null && member.stage() == stage;
        });
    }

    List<HostSeen> where(Predicate<HostSeen> wanted) {
        var found = new ArrayList<HostSeen>();
        for (var host : seen.hosts().values()) {
            if (wanted.test(host)) {
                found.add(host);
            }
        }
        return found;
    }

    /** How many hosts the wave may hold. */
    int waveCap() {
        if (draft.skipping()) {
            return Integer.MAX_VALUE;
        }
        int own = terms().unprovenLimit(draft.current(), covered());
        int ceiling =
                seen.ceilings()
                        .maxUnproven()
                        .map(most -> Math.max(1, most.roundedUp(covered())))
                        .orElse(Integer.MAX_VALUE);
        return Math.min(own, ceiling);
    }

    /** How many covered hosts may be away at once, whatever the cause. */
    int budget() {
        if (draft.skipping()) {
            return Integer.MAX_VALUE;
        }
        int own =
                draft.inStage() && draft.phase == RolloutPhase.PROGRESSING
                        ? terms().unavailableLimit(draft.current(), covered())
                        : terms().maxUnavailable().zero()
                                ? 0
                                : Math.max(1, terms().maxUnavailable().roundedUp(covered()));
        return Math.min(own, seen.ceilings().maxUnavailable().orElse(Integer.MAX_VALUE));
    }

    /** How many hosts of the current stage may be in transition at once. */
    int parallel() {
        int hosts = members(draft.stage).size();
        return Math.max(1, draft.current().maxParallel().roundedUp(hosts));
    }

    /** Told to move and not good on the candidate yet: from the decision on, not from the stop. */
    boolean isInTransition(HostSeen host) {
        return draft.is(host.host(), draft.stage, Role.WAVE)
                && Target.of(draft, host) == Target.CANDIDATE
                && !host.isGoodOn(HostSeen.On.CANDIDATE);
    }

    boolean isAway(HostSeen host) {
        return !host.serving() || host.moving() || isInTransition(host);
    }

    int away() {
        return where(this::isAway).size();
    }

    boolean isLive(HostId host) {
        return seen.live().contains(host);
    }
}
