package dev.trellis.api.store;

import dev.trellis.scheduler.port.Adoption;
import java.util.List;
import java.util.Optional;

/**
 * What an import came to, or would come to.
 *
 * @param found what the lattice holds of the apps, as its owner sees it; empty: nobody owns it
 */
public record ImportReport(boolean dryRun, List<App> apps, Optional<Adoption> found) {
    public ImportReport {
        apps = List.copyOf(apps);
    }

    /** What was done with an app. */
    public enum Action {
        /** It is taken over. */
        IMPORT("Import"),
        /** It was taken over before. */
        UNCHANGED("Unchanged"),
        /** It is left alone, for the reason that the message says. */
        CONFLICT("Conflict");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * An app of wadm's bucket.
     *
     * @param versions that are or were taken over, in order of creation
     * @param message empty where nothing is to be said
     */
    public record App(
            String name,
            List<String> versions,
            Optional<String> deployed,
            Action action,
            String message) {
        public App {
            versions = List.copyOf(versions);
        }
    }
}
