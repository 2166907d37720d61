package dev.trellis.api.watch;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.Optional;

/**
 * What is watched.
 *
 * @param app empty: the whole lattice
 */
public record Subject(LatticeName lattice, Optional<AppName> app) {
    boolean covers(LatticeName otherLattice, AppName otherApp) {
        return lattice.equals(otherLattice) && app.map(otherApp::equals).orElse(true);
    }
}
