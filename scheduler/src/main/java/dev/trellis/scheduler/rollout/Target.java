package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.Remainder;
import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.manifest.rollout.Stage;
import dev.trellis.scheduler.observe.HostId;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which revision a host should run. It depends on the record, so a host that joins, returns or is
 * replaced needs no rule of its own.
 */
public enum Target {
    CANDIDATE,
    STABLE,
    /** In no stage, and the policy excludes such hosts: it keeps what it runs, or begins stable. */
    KEEP,
    /** No stable yet, or the app is undeployed: the host waits and runs nothing. */
    NOTHING;

    /** The target of a host, member of a stage or not. */
    public static Target of(RolloutRecord record, HostId host, SortedMap<String, String> labels) {
        return of(
                record.phase(),
                record.stage(),
                record.members().of(host).orElse(null),
                record.from().isPresent(),
                () -> excludes(record.policy().terms(), record.skipping(), record::plan, labels));
    }

    static Target of(Draft draft, HostSeen host) {
        return of(
                draft.phase,
                draft.stage,
                draft.member(host.host()),
                draft.from.isPresent(),
                () ->
                        excludes(
                                draft.policy.terms(),
                                draft.skipping(),
                                () -> draft.plan,
                                host.labels()));
    }

    private static Target of(
            RolloutPhase phase,
            int stage,
            @Nullable Member member,
            boolean hasStable,
            BooleanSupplier excluded) {
        if (phase != RolloutPhase.CANCELLED && member == null && excluded.getAsBoolean()) {
            return KEEP;
        }
        var stable = hasStable ? STABLE : NOTHING;
        return switch (phase) {
            case CANCELLED -> NOTHING;
            case SUCCEEDED -> CANDIDATE;
            case ROLLING_BACK, ROLLED_BACK -> stable;
            case PENDING, PROGRESSING, HALTED, SUPERSEDED -> {
                if (member == null || member.role() == Role.EXCUSED || member.stage() > stage) {
                    yield stable;
                }
                boolean admitted = member.role() != Role.CLAIMED;
                yield member.stage() < stage || admitted ? CANDIDATE : stable;
            }
        };
    }

    private static boolean excludes(
            RolloutPolicy policy,
            boolean skipping,
            Supplier<List<Stage>> plan,
            SortedMap<String, String> labels) {
        return policy.remainder() == Remainder.EXCLUDE
                && !skipping
                && plan.get().stream().noneMatch(s -> s.selector().matches(labels));
    }

    /** Whether what a host runs is what it should run. */
    boolean isOn(HostSeen.On on) {
        return switch (this) {
            case CANDIDATE -> on == HostSeen.On.CANDIDATE;
            case STABLE -> on == HostSeen.On.STABLE;
            case KEEP -> on != HostSeen.On.NOTHING;
            case NOTHING -> on == HostSeen.On.NOTHING;
        };
    }
}
