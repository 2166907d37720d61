package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.manifest.rollout.Stage;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.scheduler.observe.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The rules with one of them broken each: the invariants have to notice. */
enum Mutants implements Decider {
    /** The wave grows without a cap. */
    NO_CAP {
        @Override
        public Decision decide(
                RolloutRecord record,
                Snapshot seen,
                Instant now,
                Map<Integer, StageApproval> approvals,
                List<GateAnswer> answers) {
            return amended(
                    p -> terms(p, p.stages(), Amount.all(), p.maxUnavailable()),
                    record,
                    seen,
                    now,
                    approvals,
                    answers);
        }
    },
    /** Any number of hosts changes at once. */
    NO_PARALLEL_LIMIT {
        @Override
        public Decision decide(
                RolloutRecord record,
                Snapshot seen,
                Instant now,
                Map<Integer, StageApproval> approvals,
                List<GateAnswer> answers) {
            return amended(
                    p ->
                            terms(
                                    p,
                                    p.stages().stream().map(Mutants::unlimited).toList(),
                                    p.maxUnproven(),
                                    p.maxUnavailable()),
                    record,
                    seen,
                    now,
                    approvals,
                    answers);
        }
    },
    /** Hosts are taken down whatever is down already. */
    NO_BUDGET {
        @Override
        public Decision decide(
                RolloutRecord record,
                Snapshot seen,
                Instant now,
                Map<Integer, StageApproval> approvals,
                List<GateAnswer> answers) {
            return amended(
                    p -> terms(p, p.stages(), p.maxUnproven(), Amount.all()),
                    record,
                    seen,
                    now,
                    approvals,
                    answers);
        }
    },
    /** Only what the rollout itself moves counts as away. */
    BUDGET_FORGETS_OTHER_CAUSES {
        @Override
        public Decision decide(
                RolloutRecord record,
                Snapshot seen,
                Instant now,
                Map<Integer, StageApproval> approvals,
                List<GateAnswer> answers) {
            var all =
                    hosts(
                            seen,
                            h ->
                                    new HostSeen(
                                            h.host(),
                                            h.labels(),
                                            h.on(),
                                            h.health(),
                                            h.on() != HostSeen.On.NOTHING,
                                            false,
                                            h.bad()));
            return Rollout.decide(record, all, now, approvals, answers);
        }
    },
    /** Whatever serves counts as good on the candidate: evidence of before the command. */
    STALE_EVIDENCE {
        @Override
        public Decision decide(
                RolloutRecord record,
                Snapshot seen,
                Instant now,
                Map<Integer, StageApproval> approvals,
                List<GateAnswer> answers) {
            var stale =
                    hosts(
                            seen,
                            h ->
                                    h.on() == HostSeen.On.NOTHING
                                            ? h
                                            : new HostSeen(
                                                    h.host(),
                                                    h.labels(),
                                                    Target.of(record, h.host(), h.labels())
                                                                    == Target.CANDIDATE
                                                            ? HostSeen.On.CANDIDATE
                                                            : h.on(),
                                                    HostSeen.Health.GOOD,
                                                    h.serving(),
                                                    h.moving(),
                                                    false));
            return Rollout.decide(record, stale, now, approvals, answers);
        }
    },
    /** A bad host is tolerated and stays in its wave. */
    FORGETS_EXCUSE {
        @Override
        public Decision decide(
                RolloutRecord record,
                Snapshot seen,
                Instant now,
                Map<Integer, StageApproval> approvals,
                List<GateAnswer> answers) {
            var decision = Rollout.decide(record, seen, now, approvals, answers);
            var members = new HashMap<>(decision.record().members().all());
            members.replaceAll(
                    (_, m) -> m.role() == Role.EXCUSED ? new Member(m.stage(), Role.WAVE) : m);
            return after(
                    decision,
                    d -> {
                        d.members().clear();
                        d.members().putAll(members);
                        d.membersChanged();
                    });
        }
    },
    /** A stage whose every host was bad passes. */
    NO_EVIDENCE_NEEDED {
        @Override
        public Decision decide(
                RolloutRecord record,
                Snapshot seen,
                Instant now,
                Map<Integer, StageApproval> approvals,
                List<GateAnswer> answers) {
            var decision = Rollout.decide(record, seen, now, approvals, answers);
            if (!decision.record().reason().equals(Reasons.NO_HEALTHY_EVIDENCE)) {
                return decision;
            }
            return after(
                    decision,
                    d -> {
                        d.phase = RolloutPhase.PROGRESSING;
                        d.paused = false;
                        d.quarantined = false;
                        d.state = StageState.ENTER;
                        d.progress(p -> p.marked(StageProgress.Mark.SKIPPED));
                    });
        }
    },
    /** A host without a stage runs the candidate. */
    NO_GATING {
        @Override
        public Target target(RolloutRecord record, HostId host, SortedMap<String, String> labels) {
            return record.phase() == RolloutPhase.PROGRESSING && record.members().of(host).isEmpty()
                    ? Target.CANDIDATE
                    : Target.of(record, host, labels);
        }
    },
    /** Who was admitted goes on to the candidate in a rollback. */
    NO_WAY_BACK {
        @Override
        public Target target(RolloutRecord record, HostId host, SortedMap<String, String> labels) {
            boolean admitted =
                    record.members().of(host).filter(m -> m.role() != Role.CLAIMED).isPresent();
            return record.phase() == RolloutPhase.ROLLING_BACK && admitted
                    ? Target.CANDIDATE
                    : Target.of(record, host, labels);
        }
    },
    /** A stage that is skipped keeps its hosts. */
    SKIP_KEEPS_HOSTS {
        @Override
        public Decision decide(
                RolloutRecord record,
                Snapshot seen,
                Instant now,
                Map<Integer, StageApproval> approvals,
                List<GateAnswer> answers) {
            var decision = Rollout.decide(record, seen, now, approvals, answers);
            return after(
                    decision,
                    d -> {
                        for (int k = 0; k < d.stages.size(); k++) {
                            boolean skippedNow =
                                    d.stages.get(k).mark() == StageProgress.Mark.SKIPPED
                                            && record.stages().get(k).mark()
                                                    != StageProgress.Mark.SKIPPED;
                            if (skippedNow) {
                                for (var host : seen.hosts().values()) {
                                    if (d.plan.get(k).selector().matches(host.labels())) {
                                        d.put(host.host(), k, Role.CLAIMED);
                                    }
                                }
                            }
                        }
                    });
        }
    },
    /** A soak that nobody watched counts. */
    BAKES_THROUGH_OUTAGES {
        @Override
        public Decision decide(
                RolloutRecord record,
                Snapshot seen,
                Instant now,
                Map<Integer, StageApproval> approvals,
                List<GateAnswer> answers) {
            var decision = Rollout.decide(record, seen, now, approvals, answers);
            var was = record.lastObserved();
            boolean bakes =
                    record.state() == StageState.BAKE
                            && decision.record().state() == StageState.BAKE
                            && record.stage() == decision.record().stage();
            if (!bakes || was.isEmpty()) {
                return decision;
            }
            var gap = Duration.between(was.get(), now);
            if (gap.compareTo(Bake.LONGEST_GAP) <= 0) {
                return decision;
            }
            return after(decision, d -> d.progress(p -> p.baked(p.bake().plus(gap))));
        }
    },
    /** A new version is started onto what runs. */
    STARTS_WITHOUT_STOP {
        @Override
        public boolean stopsFirst() {
            return false;
        }
    };

    private static Stage unlimited(Stage s) {
        return new Stage(
                s.name(),
                s.selector(),
                s.upTo(),
                Amount.all(),
                s.bakeTime(),
                s.gate(),
                s.maxFailures(),
                s.minHosts(),
                s.onShort(),
                s.maxUnproven(),
                s.maxUnavailable());
    }

    private static RolloutPolicy terms(
            RolloutPolicy p, List<Stage> stages, Amount maxUnproven, Amount maxUnavailable) {
        return new RolloutPolicy(
                p.components(),
                stages,
                p.remainder(),
                maxUnproven,
                maxUnavailable,
                p.gateDeadline(),
                p.healthyTime(),
                p.healthyDeadline(),
                p.progressDeadline(),
                p.lostTolerance(),
                p.onFailure(),
                p.rollbackMaxParallel(),
                p.supersede(),
                p.initial(),
                p.strategy(),
                p.windows(),
                p.globalChanges());
    }

    /** Decides by another policy, and puts the true one back. */
    private static Decision amended(
            UnaryOperator<RolloutPolicy> change,
            RolloutRecord record,
            Snapshot seen,
            Instant now,
            Map<Integer, StageApproval> approvals,
            List<GateAnswer> answers) {
        var policy = record.policy();
        var draft = new Draft(record);
        draft.policy = Policies.with(policy, change.apply(policy.terms()));
        var decision = Rollout.decide(draft.frozen(), seen, now, approvals, answers);
        return after(decision, d -> d.policy = policy);
    }

    private interface Change {
        void make(Draft draft);
    }

    private static Decision after(Decision decision, Change change) {
        var draft = new Draft(decision.record());
        change.make(draft);
        return new Decision(
                draft.frozen(), decision.released(), decision.wishes(), decision.notes());
    }

    private static Snapshot hosts(Snapshot seen, UnaryOperator<HostSeen> change) {
        var hosts = new TreeMap<HostId, HostSeen>();
        seen.hosts().forEach((id, host) -> hosts.put(id, change.apply(host)));
        return new Snapshot(
                hosts,
                seen.live(),
                seen.clear(),
                seen.held(),
                seen.prepared(),
                seen.deployed(),
                seen.rejected(),
                seen.lastGood(),
                seen.ceilings());
    }

    /** The first seed that shows it; empty when none of so many does. */
    Optional<String> caught(int seeds) {
        for (int seed = 0; seed < seeds; seed++) {
            var outcome = RandomRollout.run(seed, this);
            if (!outcome.broken().isEmpty()) {
                return Optional.of("seed " + seed + ": " + outcome.broken().getFirst());
            }
        }
        return Optional.empty();
    }
}
