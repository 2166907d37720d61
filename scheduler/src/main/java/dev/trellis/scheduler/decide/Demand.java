package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;

/** Who of a lattice's deployed apps still wants what an app once put. */
public interface Demand {
    /** The claims there are on a thing, as one app sees them. */
    enum Claim {
        /** Nobody wants it: it is to go. */
        NONE,
        /** The app itself wants it. */
        OWN,
        /** Another app wants it and has not written down yet that it has it. */
        OTHER,
        /** Another app wants it and has it: that one sees to it from now on. */
        TAKEN_OVER
    }

    Claim on(WorkloadId id, AppName app);

    Claim on(LinkKey link, AppName app);

    /** A name that an app merely refers to, as external, is wanted by it as well. */
    Claim on(String config, AppName app);
}
