package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * An app as wadm stored it.
 *
 * @param versions in order of creation
 * @param deployed the desired version; empty: undeployed
 * @param left versions that can't be read, each with the reason
 * @param unreadable why nothing of the record can be read
 */
record WadmApp(
        String name,
        List<Version> versions,
        Optional<String> deployed,
        List<String> left,
        Optional<String> unreadable) {
    WadmApp {
        versions = List.copyOf(versions);
        left = List.copyOf(left);
    }

    /** {@code manifest} has the version that it is stored under. */
    record Version(String version, Manifest manifest) {}

    static WadmApp unreadable(String name, String why) {
        return new WadmApp(name, List.of(), Optional.empty(), List.of(), Optional.of(why));
    }

    Optional<Manifest> desired() {
        return versions.stream()
                .filter(v -> deployed.filter(v.version()::equals).isPresent())
                .map(Version::manifest)
                .findFirst();
    }
}
