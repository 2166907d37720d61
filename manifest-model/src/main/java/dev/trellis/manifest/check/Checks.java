package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import java.util.List;

/** All checks of a manifest. */
public final class Checks {

    private static final List<Check> ALL =
            List.of(
                    new AppNameCheck(),
                    new VersionCheck(),
                    new LabelKeysCheck(),
                    new ComponentNamesCheck(),
                    new ComponentIdsCheck(),
                    new ImagesCheck(),
                    new SharedComponentsCheck(),
                    new LinkTargetsCheck(),
                    new LinkConflictsCheck(),
                    new KnownInterfacesCheck(),
                    new ConfigNamesCheck(),
                    new ConfigConflictsCheck(),
                    new SecretPoliciesCheck(),
                    new SecretConflictsCheck(),
                    new PolicyNamesCheck(),
                    new SpreadNamesCheck(),
                    new PlacementTraitsCheck(),
                    new PlacementsCheck(),
                    new RolloutComponentsCheck(),
                    new StagesCheck(),
                    new RolloutLimitsCheck(),
                    new GatesCheck(),
                    new WindowsCheck());

    private Checks() {}

    /** Adds to {@code findings} whatever any check finds. */
    public static void run(Manifest manifest, Findings findings) {
        ALL.forEach(check -> check.run(manifest, findings));
    }
}
