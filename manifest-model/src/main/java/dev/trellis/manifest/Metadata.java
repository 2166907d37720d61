package dev.trellis.manifest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Name of the application and what is noted about it. Absent maps are empty. */
public record Metadata(
        String name, SortedMap<String, String> annotations, SortedMap<String, String> labels) {

    public Metadata {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
