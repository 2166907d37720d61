package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.OnFailure;

/** What a failure does: back to stable, a pause, or a halt. */
final class Failing {
    private Failing() {}

    /** A failure of the candidate, dealt with as the policy says. */
    static void fail(Draft draft, String reason, String message) {
        fail(draft, reason, message, draft.policy.terms().onFailure(), true);
    }

    /** A person wants the candidate gone: it goes back wherever there is something to go to. */
    static void abort(Draft draft, String reason, String message, boolean quarantine) {
        fail(draft, reason, message, OnFailure.ROLLBACK, quarantine);
    }

    private static void fail(
            Draft draft, String reason, String message, OnFailure onFailure, boolean quarantine) {
        if (onFailure == OnFailure.PAUSE && draft.paused) {
            return; // a person is to decide already
        }
        draft.promotion = Promotion.NONE;
        draft.failure = reason + ": " + message;
        draft.waits(reason, message);
        if (onFailure == OnFailure.PAUSE) {
            draft.paused = true;
            draft.note("Paused", reason + ": " + message);
            return;
        }
        // A restart has the content that runs already: there is nothing to keep out.
        boolean sameContent = draft.from.filter(f -> f.n() == draft.to.n()).isPresent();
        draft.quarantined = quarantine && !sameContent;
        draft.paused = false;
        boolean back = onFailure == OnFailure.ROLLBACK && draft.from.isPresent();
        draft.phase = back ? RolloutPhase.ROLLING_BACK : RolloutPhase.HALTED;
        draft.note(draft.phase.word(), reason + ": " + message);
    }
}
