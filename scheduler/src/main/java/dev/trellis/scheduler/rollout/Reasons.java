package dev.trellis.scheduler.rollout;

/** Why a rollout is where it is: constant words, for people, metrics and tests. */
public final class Reasons {
    public static final String NOT_SETTLED = "NotSettled";
    public static final String NO_HOSTS = "NoHosts";
    public static final String IMPOSSIBLE = "Impossible";
    public static final String PREPARING = "Preparing";
    public static final String WINDOW = "Window";
    public static final String HELD = "Held";
    public static final String PAUSED = "Paused";
    public static final String ENTER = "Enter";
    public static final String UPDATE = "Update";
    public static final String BAKE = "Bake";
    public static final String WAITING_FOR_HOSTS = "WaitingForHosts";
    public static final String BLOCKED_BY_BUDGET = "BlockedByBudget";
    public static final String AWAITING_APPROVAL = "AwaitingApproval";
    public static final String INCONCLUSIVE = "Inconclusive";
    public static final String STABLE_UNHEALTHY = "StableUnhealthy";
    public static final String ROLLING_BACK = "RollingBack";
    public static final String RESTORING = "RestoringDeployed";
    public static final String MAX_FAILURES = "MaxFailures";
    public static final String CORRELATED_LOSS = "CorrelatedLoss";
    public static final String PROGRESS_DEADLINE = "ProgressDeadline";
    public static final String STAGE_SHORT = "StageShort";
    public static final String NO_HEALTHY_EVIDENCE = "NoHealthyEvidence";
    public static final String GATE_FAILED = "GateFailed";
    public static final String APPROVAL_EXPIRED = "ApprovalExpired";
    public static final String GATE_DEADLINE = "GateDeadline";
    public static final String USER_ABORT = "UserAbort";
    public static final String USER_HALT = "UserHalt";
    public static final String EQUALS_STABLE = "EqualsStable";
    public static final String UNDEPLOYED = "Undeployed";
    public static final String SUPERSEDED = "Superseded";

    private Reasons() {}
}
