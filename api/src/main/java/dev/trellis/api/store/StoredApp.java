package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.wanted.AppRecord;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An app's record with what only lists need.
 *
 * @param lastN the highest number that a version ever had; deleting a version frees none
 */
public record StoredApp(AppRecord record, int lastN, About about) {

    /** What the latest version says of itself. */
    public record About(
            Optional<String> description, SortedMap<String, String> labels, boolean shared) {
        public About {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        }

        static About of(Manifest manifest) {
            return new About(
                    manifest.description(), manifest.metadata().labels(), manifest.shared());
        }
    }

    StoredApp with(AppRecord changed) {
        return new StoredApp(changed, lastN, about);
    }

    StoredApp atRevision(long revision) {
        return with(AppEdit.of(record).revision(revision).toRecord());
    }
}
