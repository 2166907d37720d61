package dev.trellis.scheduler.rollout;

/**
 * A version of an app as often as it was restarted: what a rollout moves from and to.
 *
 * @param n number of the version
 * @param restarts how often that version was restarted
 */
public record Revision(int n, int restarts) {
    /** As in the annotation {@code trellis/version}: {@code 3}, or {@code 3.1} after a restart. */
    public String label() {
        return restarts == 0 ? "" + n : n + "." + restarts;
    }
}
