package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides a rollout. A function of the record, what is seen, the time, and what people and gates
 * said: the same input gives the same output, so a decision that was lost is made again.
 */
public final class Rollout {
    /** Looked at so often at least, so that the bake clock never has too wide a gap. */
    static final Duration LONGEST_SLEEP = Duration.ofSeconds(20);

    private static final int KEPT_INTENTS = 50;

    private final Draft draft;
    private final Sight sight;
    private final Gates gates;

    private Rollout(
            RolloutRecord record,
            Snapshot seen,
            Instant now,
            Map<Integer, StageApproval> approvals) {
        this.draft = new Draft(record);
        this.sight = new Sight(draft, seen, now);
        this.gates = new Gates(sight, approvals);
    }

    /**
     * Looks once.
     *
     * @param now never earlier than at the look before
     * @param approvals of this rollout, by index of the stage; may be there before the gate is
     * @param answers of gates since the last look
     */
    public static Decision decide(
            RolloutRecord record,
            Snapshot seen,
            Instant now,
            Map<Integer, StageApproval> approvals,
            List<GateAnswer> answers) {
        var rollout = new Rollout(record, seen, now, approvals);
        rollout.look(answers);
        return rollout.decision();
    }

    private void look(List<GateAnswer> answers) {
        new Verbs(sight).apply();
        trimIntents();
        if (draft.phase.isTerminal()) {
            return;
        }
        if (!sight.seen.clear()) {
            Bake.stand(draft);
            draft.lookedAt = Optional.empty();
            draft.waits(Reasons.NOT_SETTLED, "the lattice is not settled, nothing is judged");
            return;
        }
        var observed = Bake.observed(draft.lookedAt, sight.now);
        draft.lookedAt = Optional.of(sight.now);
        switch (draft.phase) {
            case PENDING -> pending();
            case PROGRESSING,
                    ROLLING_BACK,
                    SUCCEEDED,
                    ROLLED_BACK,
                    HALTED,
                    SUPERSEDED,
                    CANCELLED -> {}
        }
        if (draft.phase == RolloutPhase.PROGRESSING) {
            progress(answers, observed);
        }
        if (draft.phase == RolloutPhase.ROLLING_BACK) {
            rollBack();
        }
    }

    private void pending() {
        if (sight.covered() == 0) {
            draft.waits(Reasons.NO_HOSTS, "no host is to run anything that the policy covers");
            return;
        }
        var problems =
                Possible.problems(draft.plan, draft.policy.terms(), draft.skipping(), sight.seen);
        if (!problems.isEmpty()) {
            draft.waits(Reasons.IMPOSSIBLE, String.join("; ", problems));
            return;
        }
        if (draft.paused) {
            draft.waits(Reasons.PAUSED, "paused before the first stage");
            return;
        }
        if (sight.seen.held()) {
            draft.waits(Reasons.HELD, "held, nothing is sent");
            return;
        }
        if (sight.denied()) {
            draft.waits(Reasons.WINDOW, "a deny window is open");
            return;
        }
        if (!sight.seen.prepared()) {
            draft.waits(Reasons.PREPARING, "new configs and links are being put");
            return;
        }
        draft.phase = RolloutPhase.PROGRESSING;
        draft.note(RolloutPhase.PROGRESSING.word(), "to version " + draft.to.label());
    }

    private void progress(List<GateAnswer> answers, Duration observed) {
        var membership = new Membership(sight);
        membership.forget();
        membership.join();
        gates.absorb(answers);
        if (sight.seen.held()) {
            Bake.stand(draft);
            draft.waits(Reasons.HELD, "held, nothing is sent and no time counts");
            return;
        }
        new Judging(sight).judge();
        if (draft.phase != RolloutPhase.PROGRESSING) {
            return;
        }
        if (draft.paused) {
            Bake.stand(draft);
            if (!isPauseNamed()) {
                draft.waits(Reasons.PAUSED, "paused");
            }
            return;
        }
        new Stages(sight, membership, gates).advance();
        if (draft.phase == RolloutPhase.PROGRESSING && !draft.paused) {
            new Judging(sight).progress(observed);
        }
    }

    /** Why it was paused stays said until it is resumed. */
    private boolean isPauseNamed() {
        return Set.of(
                        Reasons.PAUSED,
                        Reasons.APPROVAL_EXPIRED,
                        Reasons.GATE_DEADLINE,
                        Reasons.MAX_FAILURES,
                        Reasons.CORRELATED_LOSS,
                        Reasons.PROGRESS_DEADLINE,
                        Reasons.STAGE_SHORT,
                        Reasons.NO_HEALTHY_EVIDENCE,
                        Reasons.GATE_FAILED)
                .contains(draft.reason);
    }

    private void rollBack() {
        var hosts = sight.seen.hosts().values();
        if (isAllBack() && !sight.seen.deployed()) {
            draft.phase = RolloutPhase.ROLLED_BACK;
            draft.note(
                    RolloutPhase.ROLLED_BACK.word(),
                    "every host runs version " + draft.from.orElseThrow().label() + " again");
            return;
        }
        // Who was bad on the candidate just now says nothing of stable.
        boolean before = draft.before.phase() == RolloutPhase.ROLLING_BACK;
        boolean broken =
                before && hosts.stream().anyMatch(h -> h.bad() && !h.isGoodOn(HostSeen.On.STABLE));
        if (broken && !draft.reason.equals(Reasons.STABLE_UNHEALTHY)) {
            draft.note(Reasons.STABLE_UNHEALTHY, "a host does not become good on stable");
        }
        if (broken) {
            draft.reason = Reasons.STABLE_UNHEALTHY;
        }
    }

    private boolean isAllBack() {
        return sight.seen.hosts().values().stream()
                .allMatch(h ->
                        h.isGoodOn(HostSeen.On.STABLE)
                                || (Target.of(draft, h) == Target.KEEP
                                        && h.on() != HostSeen.On.NOTHING));
    }

    private void trimIntents() {
        while (draft.intents.size() > KEPT_INTENTS && !draft.intents.getFirst().isPending()) {
            draft.intents.removeFirst();
        }
    }

    private Decision decision() {
        Set<HostId> released =
                sight.seen.clear() && !sight.seen.held()
                        ? new Returns(sight).released()
                        : new LinkedHashSet<>();
        draft.nextWakeAt = draft.phase.isTerminal() ? Optional.empty() : Optional.of(nextWake());
        var wishes = wishes();
        return new Decision(record(), released, wishes, draft.notes);
    }

    private RolloutRecord record() {
        var after = draft.frozen();
        return after.equals(draft.before)
                ? draft.before
                : draft.frozenAs(draft.before.generation() + 1);
    }

    private List<Decision.Wish> wishes() {
        var wishes = new ArrayList<Decision.Wish>();
        if (draft.phase == RolloutPhase.SUCCEEDED && !sight.seen.lastGood()) {
            wishes.add(new Decision.Wish.NoteGood(draft.to));
        }
        if (draft.quarantined && !sight.seen.rejected()) {
            wishes.add(new Decision.Wish.Reject(draft.to, draft.reason));
        }
        boolean back =
                draft.phase == RolloutPhase.ROLLING_BACK
                        && sight.seen.clear()
                        && sight.seen.deployed()
                        && isAllBack();
        if (back) {
            wishes.add(new Decision.Wish.Restore(draft.to, draft.from.orElseThrow()));
        }
        if (sight.seen.clear() && !sight.seen.held() && !draft.paused) {
            gates.questions().forEach(q -> wishes.add(new Decision.Wish.Ask(q)));
        }
        return wishes;
    }

    private Instant nextWake() {
        var times = new ArrayList<Instant>();
        times.add(sight.now.plus(LONGEST_SLEEP));
        sight.windowEnd().ifPresent(times::add);
        if (draft.phase == RolloutPhase.PROGRESSING && draft.inStage() && !draft.paused) {
            times.add(gates.nextWake());
            if (draft.state == StageState.BAKE) {
                var left = draft.current().bakeTime().minus(draft.progress().bake());
                times.add(sight.now.plus(left.isNegative() ? Duration.ZERO : left));
            }
            if (draft.state == StageState.UPDATE) {
                times.add(sight.now.plus(sight.terms().progressDeadline().minus(draft.idle)));
            }
        }
        var next = Collections.min(times);
        return next.isAfter(sight.now) ? next : sight.now.plus(LONGEST_SLEEP);
    }
}
