package dev.trellis.manifest.diff;

import dev.trellis.manifest.Manifest;
import java.util.List;

/**
 * All differences between two manifests of one application, in the order of the newer document;
 * what it no longer has comes last. The version annotation is none, nor is the order of components,
 * traits and fields.
 */
public record ManifestDiff(List<Change> changes) {

    public ManifestDiff {
        changes = List.copyOf(changes);
    }

    /** From one to the other, under the rollout policy of {@code to}. */
    public static ManifestDiff between(Manifest from, Manifest to) {
        return new ManifestDiff(new Differ(from, to).changes());
    }

    /** To the first version of an application: everything is new. */
    public static ManifestDiff toFirst(Manifest to) {
        return between(
                new Manifest(to.apiVersion(), to.kind(), to.metadata(), List.of(), List.of()), to);
    }

    /** The differences of one class. */
    public List<Change> of(ChangeClass wanted) {
        return changes.stream().filter(change -> change.changeClass() == wanted).toList();
    }

    /** Whether there is a difference of that class. */
    public boolean has(ChangeClass wanted) {
        return changes.stream().anyMatch(change -> change.changeClass() == wanted);
    }

    /** Whether there is none at all. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
