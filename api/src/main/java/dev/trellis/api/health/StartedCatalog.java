package dev.trellis.api.health;

import dev.trellis.api.store.AppCatalog;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The catalog once it was made, so that health can be asked before there is a connection. */
@Singleton
public final class StartedCatalog {
    private volatile @Nullable AppCatalog catalog;

    /** Gives back {@code made}. */
    public AppCatalog is(AppCatalog made) {
        catalog = made;
        return made;
    }

    /** Also true before it was made: until then the process says itself that it is starting. */
    boolean current() {
        var made = catalog;
        return made == null || made.current();
    }
}
