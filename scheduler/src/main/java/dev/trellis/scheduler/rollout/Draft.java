package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.Stage;
import dev.trellis.scheduler.observe.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A record while it is being decided. Lives for one decision and is seen by nobody else. */
final class Draft {
    final RolloutRecord before;
    List<Stage> plan;
    long deployment;
    FrozenPolicy policy;
    Optional<Revision> from;
    Revision to;
    RolloutPhase phase;
    boolean paused;
    int stage;
    StageState state;
    Optional<Instant> lastObserved;
    Duration idle;
    int healthy;
    Optional<Instant> lookedAt;
    Optional<Instant> gateSince;
    Promotion promotion;
    boolean quarantined;
    String failure;
    String reason;
    String message;
    Optional<Instant> nextWakeAt;
    final List<StageProgress> stages;
    final List<Intent> intents;
    final List<Note> notes = new ArrayList<>();
    private final Map<Long, Member> members;
    private boolean membersChanged;

    Draft(RolloutRecord record) {
        before = record;
        plan = record.plan();
        deployment = record.deployment();
        policy = record.policy();
        from = record.from();
        to = record.to();
        phase = record.phase();
        paused = record.paused();
        stage = record.stage();
        state = record.state();
        lastObserved = record.lastObserved();
        idle = record.idle();
        healthy = record.healthy();
        lookedAt = record.lookedAt();
        gateSince = record.gateSince();
        promotion = record.promotion();
        quarantined = record.quarantined();
        failure = record.failure();
        reason = record.reason();
        message = record.message();
        nextWakeAt = record.nextWakeAt();
        stages = new ArrayList<>(record.stages());
        intents = new ArrayList<>(record.intents());
        members = new HashMap<>(record.members().all());
    }

    String id() {
        return before.id();
    }

    boolean skipping() {
        return before.skipping();
    }

    boolean inStage() {
        return stage >= 0 && stage < plan.size();
    }

    Stage current() {
        return plan.get(stage);
    }

    StageProgress progress() {
        return stages.get(stage);
    }

    void progress(UnaryOperator<StageProgress> change) {
        stages.set(stage, change.apply(stages.get(stage)));
    }

    @Nullable Member member(HostId host) {
        return members.get(HostKey.of(host));
    }

    boolean is(HostId host, int k, Role role) {
        var member = member(host);
        return member != null && member.stage() == k && member.role() == role;
    }

    void put(HostId host, int k, Role role) {
        members.put(HostKey.of(host), new Member(k, role));
        membersChanged = true;
    }

    void release(HostId host) {
        membersChanged |= members.remove(HostKey.of(host)) != null;
    }

    Map<Long, Member> members() {
        return members;
    }

    void membersChanged() {
        membersChanged = true;
    }

    /** Says why it stays where it is. */
    void waits(String why, String forPeople) {
        reason = why;
        message = forPeople;
    }

    void note(String what, String forPeople) {
        notes.add(new Note(what, forPeople, List.of()));
    }

    void note(String what, String forPeople, HostId host) {
        notes.add(new Note(what, forPeople, List.of(host)));
    }

    RolloutRecord frozen() {
        return frozenAs(before.generation());
    }

    RolloutRecord frozenAs(long generation) {
        return new RolloutRecord(
                before.id(),
                deployment,
                generation,
                from,
                to,
                policy,
                before.skipping(),
                before.planHash(),
                before.at(),
                before.by(),
                phase,
                paused,
                stage,
                state,
                lastObserved,
                idle,
                healthy,
                lookedAt,
                gateSince,
                promotion,
                quarantined,
                failure,
                reason,
                message,
                nextWakeAt,
                stages,
                membersChanged ? Members.of(members) : before.members(),
                intents);
    }
}
