package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.Gate;
import dev.trellis.manifest.rollout.OnShort;
import dev.trellis.manifest.rollout.Remainder;
import dev.trellis.manifest.rollout.Stage;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.manifest.terms.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rollout of an app, running or over: everything of it that outlives a process. It grows with the
 * number of hosts, by about 14 bytes each where it is stored.
 *
 * @param id unique among the rollouts of the app
 * @param deployment the app's count of deploys that this answers for
 * @param generation counts up with each change; what was decided by an older one is not sent
 * @param from stable; absent on a first deploy
 * @param to the candidate
 * @param skipping a first deploy that skips the stages: all hosts at once, without caps, bake and
 *     gates, and without failing, for there is nothing to go back to
 * @param planHash of the plan that it was started by; empty when it was bound to none
 * @param by who deployed
 * @param stage index of the current one; -1 before the first, the number of stages after the last
 * @param lastObserved when all hosts of the wave were last seen good; absent: the bake clock stands
 * @param idle observed time without a newly healthy host while a stage updates
 * @param healthy hosts of the wave that were good at the last look
 * @param lookedAt when it was last decided; absent: not yet
 * @param gateSince when the current stage's gate was entered
 * @param quarantined the candidate's content is not to come back by itself
 * @param failure why it failed, {@code <reason>: <for people>}; empty: it has not
 * @param reason one of {@link Reasons}, never empty
 * @param message the same for people
 * @param nextWakeAt when to look again though nothing happens; absent once it is over
 * @param stages one for each of {@link #plan}
 */
public record RolloutRecord(
        String id,
        long deployment,
        long generation,
        Optional<Revision> from,
        Revision to,
        FrozenPolicy policy,
        boolean skipping,
        String planHash,
        Instant at,
        String by,
        RolloutPhase phase,
        boolean paused,
        int stage,
        StageState state,
        Optional<Instant> lastObserved,
        Duration idle,
        int healthy,
        Optional<Instant> lookedAt,
        Optional<Instant> gateSince,
        Promotion promotion,
        boolean quarantined,
        String failure,
        String reason,
        String message,
        Optional<Instant> nextWakeAt,
        List<StageProgress> stages,
        Members members,
        List<Intent> intents) {
    /** A rollout over more covered hosts is refused: its record would be too large a value. */
    public static final int MAX_HOSTS = 50_000;

    public RolloutRecord {
        stages = List.copyOf(stages);
        intents = List.copyOf(intents);
    }

    /**
     * The stages that it goes through, in order. Where no host can be left over, none is appended
     * for the remainder.
     */
    public List<Stage> plan() {
        if (skipping) {
            return List.of(AT_ONCE);
        }
        var terms = policy.terms();
        boolean all =
                terms.stages().stream()
                        .anyMatch(s ->
                                s.selector().equals(Selector.EVERY)
                                        && s.upTo().equals(Amount.all()));
        return all || terms.remainder() != Remainder.APPEND ? terms.stages() : terms.allStages();
    }

    private static final Stage AT_ONCE =
            new Stage(
                    Stage.ALL_NAME,
                    Selector.EVERY,
                    Amount.all(),
                    Amount.all(),
                    Duration.ZERO,
                    Gate.AUTOMATIC,
                    Amount.all(),
                    0,
                    OnShort.SKIP,
                    Optional.empty(),
                    Optional.empty());

    /** The current stage's name; empty before the first and after the last. */
    public Optional<String> stageName() {
        var plan = plan();
        return stage >= 0 && stage < plan.size()
                ? Optional.of(plan.get(stage).name())
                : Optional.empty();
    }

    /**
     * Whether another says the same but for what passes by itself: clocks, and what is told of
     * them. Such a change need not be written before anything is sent.
     */
    public boolean isLike(RolloutRecord other) {
        return quiet(this).equals(quiet(other));
    }

    private static RolloutRecord quiet(RolloutRecord record) {
        var draft = new Draft(record);
        draft.lastObserved = Optional.empty();
        draft.idle = Duration.ZERO;
        draft.healthy = 0;
        draft.lookedAt = Optional.empty();
        draft.nextWakeAt = Optional.empty();
        draft.message = "";
        draft.stages.replaceAll(stage -> stage.baked(Duration.ZERO));
        return draft.frozenAs(0);
    }

    /** Whether a bake clock stands elsewhere than in another. */
    public boolean bakesSince(RolloutRecord other) {
        return !stages.stream()
                .map(StageProgress::bake)
                .toList()
                .equals(other.stages.stream().map(StageProgress::bake).toList());
    }

    /** In a line. */
    public RolloutSummary summary() {
        return new RolloutSummary(
                id,
                from.map(Revision::label).orElse(""),
                to.label(),
                phase,
                stageName().orElse(""),
                paused,
                reason,
                message);
    }

    /** A new one, of which nothing is done yet. */
    public static RolloutRecord start(
            String id,
            Optional<Revision> from,
            Revision to,
            FrozenPolicy policy,
            boolean skipping,
            String planHash,
            Instant at,
            String by) {
        var empty =
                new RolloutRecord(
                        id,
                        0,
                        1,
                        from,
                        to,
                        policy,
                        skipping,
                        planHash,
                        at,
                        by,
                        RolloutPhase.PENDING,
                        false,
                        -1,
                        StageState.ENTER,
                        Optional.empty(),
                        Duration.ZERO,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Promotion.NONE,
                        false,
                        "",
                        Reasons.NOT_SETTLED,
                        "not looked at yet",
                        Optional.of(at),
                        List.of(),
                        Members.NONE,
                        List.of());
        var draft = new Draft(empty);
        draft.plan.forEach(_ -> draft.stages.add(StageProgress.UNTOUCHED));
        return draft.frozen();
    }

    /** The same with one more intent; unchanged when one of the same id is there. */
    public RolloutRecord withIntent(Intent intent) {
        if (intents.stream().anyMatch(i -> i.id().equals(intent.id()))) {
            return this;
        }
        var draft = new Draft(this);
        draft.intents.add(intent);
        return draft.frozenAs(generation + 1);
    }

    /**
     * The same when the app's desired version has become another one with the very content of the
     * candidate: it goes on, and names the new version.
     */
    public RolloutRecord renamedTo(Revision candidate, long deploy) {
        var draft = new Draft(this);
        draft.deployment = deploy;
        draft.to = candidate;
        return draft.frozenAs(generation + 1);
    }

    /**
     * The same when the app's desired version has the content of stable again: it goes back, and
     * nothing is held against the candidate. One that is going back or over already stays so.
     *
     * @param stable the version that has that content now
     */
    public RolloutRecord undoneBy(Revision stable, long deploy) {
        var draft = new Draft(this);
        draft.deployment = deploy;
        if (phase.isTerminal() || phase == RolloutPhase.ROLLING_BACK) {
            return draft.frozenAs(generation + 1);
        }
        draft.from = Optional.of(stable);
        Failing.abort(
                draft,
                Reasons.EQUALS_STABLE,
                "version " + stable.label() + " is deployed, which is stable",
                false);
        return draft.frozenAs(generation + 1);
    }

    /** The same, answering for that deploy. */
    public RolloutRecord forDeploy(long deploy) {
        var draft = new Draft(this);
        draft.deployment = deploy;
        return draft.frozen();
    }

    /** The same when another rollout takes its place: over, and not held against anybody. */
    public RolloutRecord superseded() {
        var draft = new Draft(this);
        draft.phase = RolloutPhase.SUPERSEDED;
        draft.nextWakeAt = Optional.empty();
        draft.waits(Reasons.SUPERSEDED, "another version was deployed");
        return draft.frozenAs(generation + 1);
    }

    /** The same when the app is undeployed: cancelled, whatever it was at. */
    public RolloutRecord cancelled() {
        if (phase == RolloutPhase.CANCELLED) {
            return this;
        }
        var draft = new Draft(this);
        draft.phase = RolloutPhase.CANCELLED;
        draft.paused = false;
        draft.promotion = Promotion.NONE;
        draft.nextWakeAt = Optional.empty();
        draft.waits(Reasons.UNDEPLOYED, "the app was undeployed");
        return draft.frozenAs(generation + 1);
    }
}
