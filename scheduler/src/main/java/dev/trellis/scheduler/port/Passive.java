package dev.trellis.scheduler.port;

/**
 * Whether this process only looks on, because another manager was found at work when it started. It
 * then observes and says, and sends nothing, until it is told to take over.
 */
public interface Passive {
    /** Never passive: acts from the beginning. */
    Passive NEVER =
            new Passive() {
                @Override
                public boolean isPassive() {
                    return false;
                }

                @Override
                public void end() {}

                @Override
                public void whenActive(Runnable begin) {
                    begin.run();
                }
            };

    /** Whether another manager was found and nobody has ended this since. */
    boolean isPassive();

    /** Takes over, now and for all processes of this installation; does nothing where active. */
    void end();

    /**
     * Runs {@code begin} once, as soon as this process may act: at once where it may already. While
     * it is still being found out whether there is another manager, it may not.
     */
    void whenActive(Runnable begin);
}
