package dev.trellis.scheduler.rollout;

/** What a gate says. Only {@code FAIL} fails a rollout; no data is never a pass. */
public enum Verdict {
    PASS("Pass"),
    FAIL("Fail"),
    INCONCLUSIVE("Inconclusive");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** As the HTTP API writes it. */
    public String word() {
        return word;
    }
}
