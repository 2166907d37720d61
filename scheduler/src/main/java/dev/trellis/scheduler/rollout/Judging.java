package dev.trellis.scheduler.rollout;

import java.time.Duration;

/**
 * Whether the candidate does too badly to go on. A host found bad within the tolerated number is
 * excused: it goes back to stable and leaves its wave, which would wait for it for ever.
 */
final class Judging {
    private final Sight sight;
    private final Draft draft;

    Judging(Sight sight) {
        this.sight = sight;
        this.draft = sight.draft;
    }

    void judge() {
        if (!draft.inStage() || draft.skipping()) {
            return;
        }
        for (var host : sight.seen.hosts().values()) {
            boolean isBad = host.bad() && !host.isGoodOn(HostSeen.On.CANDIDATE);
            if (isBad && Target.of(draft, host) == Target.CANDIDATE) {
                excuse(host);
            }
        }
        int hosts = Math.max(1, sight.members(draft.stage).size());
        var progress = draft.progress();
        int tolerated = draft.current().maxFailures().roundedUp(hosts);
        int borne = sight.terms().lostTolerance().roundedUp(hosts + progress.lost());
        if (progress.failures() > tolerated) {
            Failing.fail(
                    draft,
                    Reasons.MAX_FAILURES,
                    progress.failures()
                            + " host(s) of stage "
                            + draft.current().name()
                            + " are bad, tolerated: "
                            + tolerated);
        } else if (progress.lost() > borne) {
            Failing.fail(
                    draft,
                    Reasons.CORRELATED_LOSS,
                    progress.lost()
                            + " host(s) on the candidate were lost in stage "
                            + draft.current().name()
                            + ", tolerated: "
                            + borne);
        }
    }

    private void excuse(HostSeen host) {
        var member = draft.member(host.host());
        if (member == null) {
            return;
        }
        draft.put(host.host(), member.stage(), Role.EXCUSED);
        draft.progress(p -> p.withFailures(p.failures() + 1));
        draft.note("HostBad", "did not become good on " + draft.to.label(), host.host());
    }

    /**
     * Counts observed time in which no host became newly healthy; past the deadline that is a
     * failure, unless what it waits for is a person, a window, hosts or the budget.
     */
    void progress(Duration observed) {
        int good =
                (int) sight.wave().stream().filter(h -> h.isGoodOn(HostSeen.On.CANDIDATE)).count();
        boolean waits =
                draft.state != StageState.UPDATE
                        || sight.wave().isEmpty()
                        || draft.reason.equals(Reasons.WAITING_FOR_HOSTS)
                        || draft.reason.equals(Reasons.WINDOW);
        draft.idle = waits || good > draft.healthy ? Duration.ZERO : draft.idle.plus(observed);
        draft.healthy = good;
        if (draft.skipping() || draft.idle.compareTo(sight.terms().progressDeadline()) < 0) {
            return;
        }
        draft.idle = Duration.ZERO;
        if (draft.reason.equals(Reasons.BLOCKED_BY_BUDGET)) {
            draft.note(Reasons.BLOCKED_BY_BUDGET, draft.message);
            return;
        }
        Failing.fail(
                draft,
                Reasons.PROGRESS_DEADLINE,
                "no host became healthy for " + Words.time(sight.terms().progressDeadline()));
    }
}
