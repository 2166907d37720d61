package dev.trellis.scheduler.rollout;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Applies what people asked for, each once, the safest first; what a safer one overrules comes to
 * nothing, whichever came first. Setting abort or halt clears promotes that are pending.
 */
final class Verbs {
    private final Sight sight;
    private final Draft draft;
    private Optional<Verb> safest = Optional.empty();

    Verbs(Sight sight) {
        this.sight = sight;
        this.draft = sight.draft;
    }

    void apply() {
        var pending =
                draft.intents.stream()
                        .filter(Intent::isPending)
                        .sorted(
                                Comparator.comparing(Intent::verb)
                                        .thenComparing(Intent::at)
                                        .thenComparing(Intent::id))
                        .toList();
        for (var intent : pending) {
            var result = overruled(intent).orElseGet(() -> apply(intent));
            draft.intents.replaceAll(i -> i.id().equals(intent.id()) ? i.applied(result) : i);
        }
    }

    private Optional<String> overruled(Intent intent) {
        return safest.filter(by -> by != intent.verb()).map(by -> "overruled by " + by.word());
    }

    private String apply(Intent intent) {
        return switch (intent.verb()) {
            case UNDEPLOY -> undeploy();
            case ABORT -> abort(intent);
            case HALT -> halt(intent);
            case PAUSE -> pause(intent);
            case AMEND -> amend(intent);
            case PROMOTE -> promote(intent);
            case RESUME -> resume(intent);
        };
    }

    private String undeploy() {
        safest = Optional.of(Verb.UNDEPLOY);
        draft.phase = RolloutPhase.CANCELLED;
        draft.paused = false;
        draft.promotion = Promotion.NONE;
        draft.waits(Reasons.UNDEPLOYED, "the app was undeployed");
        draft.note(RolloutPhase.CANCELLED.word(), "the app was undeployed");
        return "cancelled";
    }

    private String abort(Intent intent) {
        if (draft.phase.isTerminal()) {
            return over();
        }
        safest = Optional.of(Verb.ABORT);
        if (draft.phase == RolloutPhase.ROLLING_BACK) {
            return "is rolling back already";
        }
        Failing.abort(draft, Reasons.USER_ABORT, said(intent, "aborted"), true);
        return draft.phase == RolloutPhase.HALTED
                ? "halted: there is no stable version to go back to"
                : "rolls back";
    }

    private String halt(Intent intent) {
        if (draft.phase.isTerminal()) {
            return over();
        }
        safest = Optional.of(Verb.HALT);
        draft.phase = RolloutPhase.HALTED;
        draft.paused = false;
        draft.promotion = Promotion.NONE;
        draft.waits(Reasons.USER_HALT, said(intent, "halted"));
        draft.note(RolloutPhase.HALTED.word(), said(intent, "halted"));
        return "halted";
    }

    private String pause(Intent intent) {
        if (draft.phase.isTerminal()) {
            return over();
        }
        safest = Optional.of(Verb.PAUSE);
        if (draft.phase == RolloutPhase.ROLLING_BACK) {
            return "a rollback goes on while paused";
        }
        draft.paused = true;
        draft.waits(Reasons.PAUSED, said(intent, "paused"));
        draft.note("Paused", said(intent, "paused"));
        return "paused";
    }

    private String amend(Intent intent) {
        if (draft.phase.isTerminal()) {
            return over();
        }
        var amended = intent.amended();
        if (amended.isEmpty()) {
            return "refused: it names no policy";
        }
        var problem =
                Amendment.problem(
                        draft.policy.terms(),
                        amended.get().terms(),
                        draft.stage,
                        Math.max(1, sight.covered()),
                        intent.force());
        if (problem.isPresent()) {
            return "refused: " + problem.get();
        }
        draft.policy = amended.get();
        draft.plan = draft.frozen().plan();
        draft.note("Amended", said(intent, "the policy was amended"));
        return "amended";
    }

    private String promote(Intent intent) {
        if (draft.phase.isTerminal() || draft.phase == RolloutPhase.ROLLING_BACK) {
            return over();
        }
        if (intent.full()) {
            if (intent.reason().isEmpty()) {
                return "refused: a full promote needs a reason";
            }
            draft.promotion = Promotion.FULL;
            draft.note(
                    "Promoted", said(intent, "all remaining stages pass without bake and gates"));
        } else {
            boolean watched = draft.state == StageState.BAKE || draft.state == StageState.GATE;
            if (draft.phase != RolloutPhase.PROGRESSING || !watched) {
                return "refused: no wave bakes or stands at a gate";
            }
            if (draft.promotion == Promotion.NONE) {
                draft.promotion = Promotion.WAVE;
            }
            draft.note("Promoted", said(intent, "this wave passes without bake and gates"));
        }
        return draft.paused ? "the rollout is paused: takes effect on resume" : "promoted";
    }

    private String resume(Intent intent) {
        if (!draft.paused) {
            return "is not paused";
        }
        draft.paused = false;
        draft.idle = Duration.ZERO;
        draft.gateSince = draft.gateSince.map(_ -> sight.now);
        if (draft.inStage()) {
            draft.progress(p -> p.withFailures(0).withLost(0));
        }
        draft.waits(Reasons.UPDATE, "resumed");
        draft.note("Resumed", said(intent, "resumed"));
        return "resumed";
    }

    private String over() {
        return "refused: the rollout is " + draft.phase.word();
    }

    private static String said(Intent intent, String what) {
        return what
                + " by "
                + intent.by()
                + (intent.reason().isEmpty() ? "" : ": " + intent.reason());
    }
}
