package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;

/**
 * Is told of every deploy, undeploy and delete once it is stored, whichever API it came by, on the
 * thread that made it and before that one's caller is answered. It must not throw: what is stored
 * stays stored. What was stored already is told again, since the first telling may have been lost.
 */
public interface DeployListener {
    /** Tells nobody. */
    DeployListener NONE =
            new DeployListener() {
                @Override
                public void deployed(LatticeName lattice, Manifest manifest) {}

                @Override
                public void undeployed(LatticeName lattice, AppName app) {}

                @Override
                public void deleted(
                        LatticeName lattice,
                        AppName app,
                        String latestVersion,
                        boolean wasDeployed) {}
            };

    /** The manifest is the desired one now. It has its version. */
    void deployed(LatticeName lattice, Manifest manifest);

    /** No version of the app is desired; the app itself is still stored. */
    void undeployed(LatticeName lattice, AppName app);

    /**
     * The app is gone with all of its versions.
     *
     * @param latestVersion the latest that it had
     * @param wasDeployed whether a version was desired until then
     */
    void deleted(LatticeName lattice, AppName app, String latestVersion, boolean wasDeployed);
}
