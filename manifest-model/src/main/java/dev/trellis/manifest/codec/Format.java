package dev.trellis.manifest.codec;

/** What a document is written in. */
public enum Format {
    /** YAML 1.2. */
    YAML,
    /** JSON. */
    JSON,
    /** Nobody has said: whichever of the two can be read. */
    YAML_OR_JSON
}
