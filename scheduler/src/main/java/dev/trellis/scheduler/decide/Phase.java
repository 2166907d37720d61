package dev.trellis.scheduler.decide;

/** What an app as a whole is at. Where several fit, the first here is shown. */
public enum Phase {
    /** No version is desired. */
    UNDEPLOYED("Undeployed"),
    /** Something wanted cannot be had at this moment; the rest is served and it is tried again. */
    FAILED("Failed"),
    /** Deployed, and the lattice has no host. */
    WAITING("Waiting"),
    /** Not settled, or commands are to be sent or on their way. */
    RECONCILING("Reconciling"),
    /** All is placed, but a provider reports ill health. */
    UNHEALTHY("Unhealthy"),
    /** Everything wanted was observed running. */
    DEPLOYED("Deployed");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /** As the HTTP API writes it. */
    public String word() {
        return word;
    }
}
