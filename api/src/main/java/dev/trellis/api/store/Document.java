package dev.trellis.api.store;

/**
 * A manifest as somebody sent it.
 *
 * @param mediaType {@code application/yaml} or {@code application/json}
 */
public record Document(String text, String mediaType) {}
