package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.Gate;
import dev.trellis.manifest.rollout.Metric;
import dev.trellis.manifest.rollout.NoData;
import dev.trellis.manifest.rollout.OnExpire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gates of the current stage: what they said, what they are to be asked. An approval is known
 * already or is waited for; metrics are asked from the bake on, the webhook at the gate.
 */
final class Gates {
    private static final Duration WEBHOOK_AGAIN = Duration.ofMinutes(1);
    private static final int ERRORS_TO_SAY = 5;

    private final Sight sight;
    private final Draft draft;
    private final Map<Integer, StageApproval> approvals;

    /** {@code approvals}: of this rollout, by stage. */
    Gates(Sight sight, Map<Integer, StageApproval> approvals) {
        this.sight = sight;
        this.draft = sight.draft;
        this.approvals = approvals;
    }

    private Gate gate() {
        return draft.current().gate();
    }

    /** Takes in the answers to questions that are still the ones being asked. */
    void absorb(List<GateAnswer> answers) {
        if (!draft.inStage()) {
            return;
        }
        for (var answer : answers) {
            if (answer.rollout().equals(draft.id()) && answer.stage() == draft.stage) {
                absorb(answer);
            }
        }
    }

    private void absorb(GateAnswer answer) {
        var before = state(answer.gate());
        if (answer.attempt() != before.attempt() + 1) {
            return;
        }
        var metric = metric(answer.gate());
        if (metric.isPresent()) {
            keep(measured(metric.get(), before, answer));
        } else if (answer.gate().equals(GateState.WEBHOOK) && gate().webhook().isPresent()) {
            keep(
                    next(
                            before,
                            answer,
                            answer.said().orElse(Verdict.INCONCLUSIVE),
                            before.samples()));
        }
    }

    private Optional<Metric> metric(String gate) {
        return gate().metrics().stream()
                .filter(m -> gate.equals(GateState.METRIC + m.name()))
                .findFirst();
    }

    private static GateState measured(Metric metric, GateState before, GateAnswer answer) {
        if (answer.error().isPresent()) {
            return next(before, answer, Verdict.INCONCLUSIVE, before.samples());
        }
        if (answer.value().isEmpty()) {
            var verdict = metric.noData() == NoData.FAIL ? Verdict.FAIL : Verdict.INCONCLUSIVE;
            return next(before, answer, verdict, before.samples());
        }
        int samples = before.samples() + 1;
        var verdict = samples < metric.minSamples() ? Verdict.INCONCLUSIVE : judged(metric, answer);
        return next(before, answer, verdict, samples);
    }

    private static Verdict judged(Metric metric, GateAnswer answer) {
        double value = answer.value().orElseThrow();
        boolean outside =
                (metric.max().isPresent() && value > metric.max().getAsDouble())
                        || (metric.min().isPresent() && value < metric.min().getAsDouble());
        if (outside) {
            return Verdict.FAIL;
        }
        if (metric.maxRatioToBaseline().isEmpty()) {
            return Verdict.PASS;
        }
        if (answer.baseline().isEmpty()) {
            return Verdict.INCONCLUSIVE;
        }
        double most = metric.maxRatioToBaseline().getAsDouble();
        return value > most * answer.baseline().getAsDouble() ? Verdict.FAIL : Verdict.PASS;
    }

    private static GateState next(
            GateState before, GateAnswer answer, Verdict verdict, int samples) {
        return new GateState(
                before.name(),
                answer.attempt(),
                samples,
                answer.error().isPresent() ? before.errors() + 1 : 0,
                verdict,
                Optional.of(answer.at()),
                Optional.empty(),
                answer.error().orElse(answer.message()));
    }

    private void keep(GateState state) {
        var gates = new ArrayList<>(draft.progress().gates());
        gates.removeIf(g -> g.name().equals(state.name()));
        gates.add(state);
        draft.progress(p -> p.withGates(gates));
        if (state.errors() == ERRORS_TO_SAY) {
            draft.note("GateErrors", state.name() + ": " + state.message());
        }
    }

    private GateState state(String name) {
        return draft.progress().gates().stream()
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseGet(() -> GateState.unasked(name));
    }

    /** Whether a metric says by now that the candidate is bad; asked from the bake on. */
    boolean failed() {
        for (var metric : gate().metrics()) {
            var state = state(GateState.METRIC + metric.name());
            if (!metric.dryRun() && state.verdict() == Verdict.FAIL) {
                fail(state);
                return true;
            }
        }
        if (gate().webhook().isPresent() && state(GateState.WEBHOOK).verdict() == Verdict.FAIL) {
            fail(state(GateState.WEBHOOK));
            return true;
        }
        return false;
    }

    private void fail(GateState state) {
        Failing.fail(draft, Reasons.GATE_FAILED, state.name() + " says Fail: " + state.message());
    }

    /** Whether all gates of the stage let it pass; says what is waited for when they do not. */
    boolean pass() {
        if (draft.promotion != Promotion.NONE) {
            return true;
        }
        return approved() && conclusive();
    }

    private boolean approved() {
        if (gate().approval().isEmpty()) {
            return true;
        }
        var approval = approvals.get(draft.stage);
        if (approval != null) {
            if (sight.denied()) {
                draft.waits(Reasons.WINDOW, "approved, and a deny window is open");
                return false;
            }
            if (state(GateState.APPROVAL).verdict() != Verdict.PASS) {
                keep(
                        new GateState(
                                GateState.APPROVAL,
                                1,
                                0,
                                0,
                                Verdict.PASS,
                                Optional.of(approval.at()),
                                Optional.of(approval.by()),
                                approval.reason()));
                draft.note("Approved", "stage " + draft.current().name() + ", by " + approval.by());
            }
            return true;
        }
        var expiry = approvalExpiry().orElseThrow();
        if (expiry.isAfter(sight.now)) {
            draft.waits(
                    Reasons.AWAITING_APPROVAL,
                    "stage " + draft.current().name() + " awaits an approval until " + expiry);
            return false;
        }
        var message = "nobody approved stage " + draft.current().name() + " in time";
        if (gate().approval().get().onExpire() == OnExpire.ROLLBACK) {
            Failing.abort(draft, Reasons.APPROVAL_EXPIRED, message, true);
        } else {
            pause(Reasons.APPROVAL_EXPIRED, message);
        }
        return false;
    }

    private void pause(String reason, String message) {
        draft.paused = true;
        draft.waits(reason, message);
        draft.note("Paused", reason + ": " + message);
    }

    private boolean conclusive() {
        var open = new ArrayList<String>();
        for (var metric : gate().metrics()) {
            var state = state(GateState.METRIC + metric.name());
            if (!metric.dryRun() && state.verdict() != Verdict.PASS) {
                open.add(state.name());
            }
        }
        if (gate().webhook().isPresent() && state(GateState.WEBHOOK).verdict() != Verdict.PASS) {
            open.add(GateState.WEBHOOK);
        }
        if (open.isEmpty()) {
            return true;
        }
        var message = "no verdict yet of " + String.join(", ", open);
        if (deadline().filter(end -> !end.isAfter(sight.now)).isPresent()) {
            pause(Reasons.GATE_DEADLINE, message);
        } else {
            draft.waits(Reasons.INCONCLUSIVE, message);
        }
        return false;
    }

    private Optional<Instant> approvalExpiry() {
        return gate().approval().map(a -> since().plus(a.expires()));
    }

    private Optional<Instant> deadline() {
        boolean asks = !gate().metrics().isEmpty() || gate().webhook().isPresent();
        return asks ? Optional.of(since().plus(sight.terms().gateDeadline())) : Optional.empty();
    }

    private Instant since() {
        return draft.gateSince.orElse(sight.now);
    }

    /** What is to be asked now. */
    List<Question> questions() {
        var questions = new ArrayList<Question>();
        if (!isAsking()) {
            return questions;
        }
        for (var metric : gate().metrics()) {
            var state = state(GateState.METRIC + metric.name());
            if (!due(state, metric.interval()).isAfter(sight.now)) {
                questions.add(question(state, new Question.Ask.OfMetric(metric)));
            }
        }
        var webhook = gate().webhook();
        if (draft.state == StageState.GATE && webhook.isPresent()) {
            var state = state(GateState.WEBHOOK);
            boolean open = state.verdict() == Verdict.INCONCLUSIVE;
            if (open && !due(state, WEBHOOK_AGAIN).isAfter(sight.now)) {
                questions.add(question(state, new Question.Ask.OfWebhook(webhook.get())));
            }
        }
        return questions;
    }

    private boolean isAsking() {
        return draft.phase == RolloutPhase.PROGRESSING
                && draft.inStage()
                && (draft.state == StageState.BAKE || draft.state == StageState.GATE);
    }

    private Instant due(GateState state, Duration interval) {
        return state.at().map(at -> at.plus(interval)).orElse(Instant.MIN);
    }

    private Question question(GateState state, Question.Ask ask) {
        return new Question(
                draft.id(),
                draft.stage,
                draft.current().name(),
                draft.progress().waves(),
                state.name(),
                state.attempt() + 1,
                ask,
                draft.to,
                draft.from,
                draft.before.planHash(),
                sight.now);
    }

    /** When a gate is next to be asked, or gives up waiting. */
    Instant nextWake() {
        var next = Instant.MAX;
        if (!isAsking()) {
            return next;
        }
        for (var metric : gate().metrics()) {
            var state = state(GateState.METRIC + metric.name());
            next = later(due(state, metric.interval()), next);
        }
        if (draft.state == StageState.GATE) {
            next = later(approvalExpiry().orElse(Instant.MAX), next);
            next = later(deadline().orElse(Instant.MAX), next);
            if (gate().webhook().isPresent()) {
                next = later(due(state(GateState.WEBHOOK), WEBHOOK_AGAIN), next);
            }
        }
        return next;
    }

    private Instant later(Instant time, Instant next) {
        return time.isAfter(sight.now) && time.isBefore(next) ? time : next;
    }
}
