package dev.trellis.api.ask;

/** The wadm whose work is taken over. */
public interface Predecessor {
    /** There never was one. */
    Predecessor NONE =
            new Predecessor() {
                @Override
                public boolean answers() {
                    return false;
                }

                @Override
                public void replaced() {}
            };

    /** Whether one answers on this account now; asks for at most a few seconds. */
    boolean answers();

    /** It has been replaced: what waited for that may act. */
    void replaced();
}
