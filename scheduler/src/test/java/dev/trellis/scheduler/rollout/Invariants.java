package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.terms.Amount;
import dev.trellis.scheduler.observe.HostId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What must hold of one decision that was written, said again in its own words: it shares no
 * arithmetic with the rules. Numbers are those of the specification.
 */
final class Invariants {
    private final RolloutRecord before;
    private final RolloutRecord after;
    private final Snapshot seen;
    private final Decider rules;
    private final List<String> broken = new ArrayList<>();

    private Invariants(RolloutRecord before, RolloutRecord after, Snapshot seen, Decider rules) {
        this.before = before;
        this.after = after;
        this.seen = seen;
        this.rules = rules;
    }

    static List<String> broken(
            RolloutRecord before,
            RolloutRecord after,
            Snapshot seen,
            Set<HostId> released,
            Decider rules) {
        var invariants = new Invariants(before, after, seen, rules);
        invariants.lifecycle();
        invariants.budget(released);
        if (after.phase() == RolloutPhase.PROGRESSING && !after.skipping()) {
            invariants.caps();
            invariants.gating();
        }
        return invariants.broken;
    }

    private void lifecycle() {
        boolean left = before.phase().isTerminal() && after.phase() != before.phase();
        check(!left || after.phase() == RolloutPhase.CANCELLED, "P7 left " + before.phase());
        check(after.stage() >= before.stage(), "P8 back to stage " + after.stage());
        check(!after.reason().isEmpty(), "P14 no reason");
        check(
                after.phase().isTerminal() || after.nextWakeAt().isPresent(),
                "P14 never looks again");
        for (int k = 0; k < after.stages().size(); k++) {
            boolean skippedNow =
                    after.stages().get(k).mark() == StageProgress.Mark.SKIPPED
                            && before.stages().get(k).mark() == StageProgress.Mark.ACTIVE;
            boolean excused = before.members().count(k, Role.EXCUSED) > 0 && isCovered(k);
            check(!(skippedNow && excused), "P9 stage " + k + " passed on no healthy host");
            check(
                    !skippedNow || after.members().in(k, Role.CLAIMED).isEmpty(),
                    "P5 skipped stage " + k + " keeps hosts");
        }
    }

    private boolean isCovered(int k) {
        return seen.hosts().keySet().stream()
                .anyMatch(h ->
                        before.members()
                                .of(h)
                                .filter(new Member(k, Role.EXCUSED)::equals)
                                .isPresent());
    }

    private int wave(RolloutRecord record) {
        return record.stage() < 0 ? 0 : record.members().count(record.stage(), Role.WAVE);
    }

    private boolean inWave(RolloutRecord record, HostId host) {
        return record.members()
                .of(host)
                .filter(new Member(record.stage(), Role.WAVE)::equals)
                .isPresent();
    }

    private boolean isMoving(HostSeen host) {
        return isGoingOn() && inWave(after, host.host()) && !host.isGoodOn(HostSeen.On.CANDIDATE);
    }

    /** Whoever was admitted goes on to the candidate. */
    private boolean isGoingOn() {
        return after.phase() == RolloutPhase.PROGRESSING || after.phase() == RolloutPhase.HALTED;
    }

    private static int share(Amount amount, int total) {
        return switch (amount) {
            case Amount.Count(var count) -> count;
            case Amount.Percent(var percent) -> (int) Math.ceil(total * percent / 100.0 - 1e-9);
        };
    }

    private void caps() {
        int covered = seen.hosts().size();
        var terms = after.policy().terms();
        int cap = Math.max(1, share(terms.maxUnproven(), covered));
        int kept =
                before.stage() == after.stage()
                        ? (int)
                                seen.hosts().keySet().stream()
                                        .filter(h -> inWave(before, h))
                                        .count()
                        : 0;
        check(wave(after) <= Math.max(cap, kept), "P1 wave of " + wave(after) + ", cap " + cap);
        long admitted =
                seen.hosts().keySet().stream()
                        .filter(h -> inWave(after, h))
                        .filter(h -> before.stage() != after.stage() || !inWave(before, h))
                        .count();
        if (admitted > 0) {
            var stage = after.plan().get(after.stage());
            long hosts =
                    seen.hosts().keySet().stream()
                            .filter(h ->
                                    after.members()
                                            .of(h)
                                            .filter(m -> m.stage() == after.stage())
                                            .isPresent())
                            .count();
            int parallel = Math.max(1, share(stage.maxParallel(), (int) hosts));
            long moving = seen.hosts().values().stream().filter(this::isMoving).count();
            check(moving <= parallel, "P2 " + moving + " in transition, allowed " + parallel);
        }
    }

    /** Serving hosts are newly taken down only while the budget has a place. */
    private void budget(Set<HostId> released) {
        if (after.skipping() || !seen.clear() || after.phase() == RolloutPhase.CANCELLED) {
            return;
        }
        long away = 0;
        long taken = 0;
        for (var host : seen.hosts().values()) {
            boolean wasAway =
                    !host.serving()
                            || host.moving()
                            || (isGoingOn()
                                    && inWave(before, host.host())
                                    && inWave(after, host.host())
                                    && before.stage() == after.stage()
                                    && !host.isGoodOn(HostSeen.On.CANDIDATE));
            boolean isTaken = !wasAway && released.contains(host.host());
            away += wasAway || isTaken || isMoving(host) ? 1 : 0;
            taken += isTaken ? 1 : 0;
        }
        int budget =
                Math.max(1, share(after.policy().terms().maxUnavailable(), seen.hosts().size()));
        check(taken == 0 || away <= budget, "P3 " + away + " away, budget " + budget);
    }

    private void gating() {
        for (var one : seen.hosts().values()) {
            var host = one.host();
            if (rules.target(after, host, one.labels()) != Target.CANDIDATE) {
                continue;
            }
            var member = after.members().of(host);
            if (member.isEmpty() || member.get().stage() > after.stage()) {
                broken.add("P4 " + host + " is ahead of its stage");
            } else if (member.get().stage() < after.stage() && member.get().role() != Role.PROVEN) {
                broken.add("P5 " + host + " passes unproven");
            }
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }
}
