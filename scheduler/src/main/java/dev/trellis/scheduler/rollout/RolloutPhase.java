package dev.trellis.scheduler.rollout;

/** What a rollout as a whole is at. {@code Paused} is a flag beside it, not a phase. */
public enum RolloutPhase {
    /** Recorded, and no stage is entered yet: everything stays on stable. */
    PENDING("Pending"),
    /** Stages are being worked through. */
    PROGRESSING("Progressing"),
    /** All stages passed: every host runs the candidate. */
    SUCCEEDED("Succeeded"),
    /** It failed: every host goes back to stable. */
    ROLLING_BACK("RollingBack"),
    /** Every host is seen good on stable again. */
    ROLLED_BACK("RolledBack"),
    /** It failed or was stopped, and the mix of revisions stays as it is. */
    HALTED("Halted"),
    /** Another rollout took its place; it decides nothing any more. */
    SUPERSEDED("Superseded"),
    /** The app was undeployed: nothing is to run. */
    CANCELLED("Cancelled");

    private final String word;

    RolloutPhase(String word) {
        this.word = word;
    }

    /** As the HTTP API and the stored record write it. */
    public String word() {
        return word;
    }

    public boolean isTerminal() {
        return switch (this) {
            case PENDING, PROGRESSING, ROLLING_BACK -> false;
            case SUCCEEDED, ROLLED_BACK, HALTED, SUPERSEDED, CANCELLED -> true;
        };
    }

    /**
     * Reads what {@link #word} wrote.
     *
     * @throws IllegalArgumentException when there is no such phase
     */
    public static RolloutPhase of(String word) {
        for (var phase : values()) {
            if (phase.word.equals(word)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("no phase of a rollout: " + word);
    }
}
