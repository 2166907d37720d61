package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;

/** A stored version: immutable. */
public record Revision(Document document, Manifest manifest, String hash, String version) {}
