package dev.trellis.manifest;

/** Where a component comes from: an image of its own, or a component of a shared application. */
public sealed interface Source {

    /**
     * Started from an image.
     *
     * @param reference as written; never resolved or pinned
     */
    record Image(String reference) implements Source {}

    /** Runs because another, shared application runs it. */
    record Shared(String application, String component) implements Source {}
}
