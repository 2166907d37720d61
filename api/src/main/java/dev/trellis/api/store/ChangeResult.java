package dev.trellis.api.store;

import dev.trellis.scheduler.wanted.AppRecord.Version;
import java.util.List;
import java.util.Optional;

/** What came of a verb on a stored app. */
public sealed interface ChangeResult {
    /**
     * @param changed false: it was so already, nothing was written
     * @param version the version it is about: deployed, or undeployed
     * @param from deployed before
     */
    record Done(StoredApp app, boolean changed, Optional<Version> version, Optional<Version> from)
            implements ChangeResult {}

    /**
     * @param left empty when the app is gone altogether
     */
    record Deleted(List<Version> deleted, boolean undeployed, Optional<StoredApp> left)
            implements ChangeResult {}

    record NoApp() implements ChangeResult {}

    record NoVersion(String version) implements ChangeResult {}

    record PreconditionFailed() implements ChangeResult {}

    /** Content in quarantine. */
    record Rejected(String version) implements ChangeResult {}

    /**
     * @param what the id, config or link that the other app has
     */
    record Claimed(String app, String what) implements ChangeResult {}

    /**
     * Refused for another reason.
     *
     * @param status of HTTP
     * @param code of the problem, as the API names it
     */
    record NotAllowed(int status, String code, String detail) implements ChangeResult {}

    /** Shared components that it uses can't be had. */
    record SharedMissing(List<Lack> lacks) implements ChangeResult {
        public SharedMissing {
            lacks = List.copyOf(lacks);
        }
    }

    /**
     * A shared component that can't be had.
     *
     * @param component its name in the manifest that uses it
     * @param app the app that should share it
     * @param why a clause, as {@code shared app db is not deployed}
     */
    record Lack(String component, String app, String why) {}

    /** Other deployed apps would lose what they use of this one, {@code app}. */
    record HasDependents(String app, List<Dependent> dependents) implements ChangeResult {
        public HasDependents {
            dependents = List.copyOf(dependents);
        }
    }

    /**
     * One that would lose something.
     *
     * @param components what it uses, by the names in the shared app
     */
    record Dependent(String app, List<String> components) {}
}
