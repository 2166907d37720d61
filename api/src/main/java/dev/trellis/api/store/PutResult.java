package dev.trellis.api.store;

import dev.trellis.scheduler.wanted.AppRecord.Version;

/** What came of a put. */
public sealed interface PutResult {
    record Created(StoredApp app, Version version) implements PutResult {}

    /** The content is stored already, under this version. */
    record Unchanged(StoredApp app, Version version) implements PutResult {}

    /** The version is stored with other content. */
    record VersionExists(String version) implements PutResult {}

    record PreconditionFailed() implements PutResult {}

    /** Even compressed it is over what the server takes in one message. */
    record TooLarge(int bytes) implements PutResult {}
}
