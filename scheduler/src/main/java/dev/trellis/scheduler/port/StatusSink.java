package dev.trellis.scheduler.port;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.observe.LatticeName;

/** Is told the status of an app, on each change and only then. */
public interface StatusSink {
    /** Does not wait and does not fail: what can't be published is published at the next change. */
    void publish(LatticeName lattice, AppStatus status);
}
