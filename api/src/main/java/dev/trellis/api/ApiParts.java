package dev.trellis.api;

import dev.trellis.api.ask.AskService;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.wadm.ManifestEvents;
import dev.trellis.api.wadm.StatusCache;
import dev.trellis.api.wadm.WadmApi;
import dev.trellis.api.wadm.WadmPresence;
import dev.trellis.api.wadm.WadmStatusPublisher;
import jakarta.inject.Singleton;

/**
 * What of the API works without being called. To be asked for once NATS is connected, and closed
 * before the connection is.
 */
@Singleton
public final class ApiParts implements AutoCloseable {
    private final AppCatalog catalog;
    private final StatusCache statuses;
    private final AskService answers;
    private final WadmStatusPublisher publisher;
    private final ManifestEvents events;
    private final WadmPresence presence;
    private final WadmApi wadm;

    public ApiParts(
            AppCatalog catalog,
            StatusCache statuses,
            AskService answers,
            WadmStatusPublisher publisher,
            ManifestEvents events,
            WadmPresence presence,
            WadmApi wadm) {
        this.catalog = catalog;
        this.statuses = statuses;
        this.answers = answers;
        this.publisher = publisher;
        this.events = events;
        this.presence = presence;
        this.wadm = wadm;
    }

    /** Whether all that is stored is known here. */
    public boolean caughtUp() {
        return catalog.current();
    }

    @Override
    public void close() {
        wadm.close();
        events.close();
        presence.close();
        answers.close();
        publisher.close();
        statuses.close();
        catalog.close();
    }
}
