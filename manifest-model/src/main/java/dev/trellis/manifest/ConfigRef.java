package dev.trellis.manifest;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A named configuration that is handed to a component, provider or link.
 *
 * @param properties the content, kept by this application; empty means that the config is external:
 *     its name is used verbatim and its content is never written or deleted
 */
public record ConfigRef(String name, Optional<SortedMap<String, String>> properties) {

    public ConfigRef {
        properties = properties.map(ConfigRef::copy);
    }

    /** Whether somebody else keeps the content. */
    public boolean external() {
        return properties.isEmpty();
    }

    private static SortedMap<String, String> copy(SortedMap<String, String> properties) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }
}
