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

    /** A shared app that it uses is not deployed. */
    record SharedMissing(String app) implements ChangeResult {}
}
