package dev.trellis.manifest.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One difference.
 *
 * @param path in the manifest, items of lists by their names: {@code
 *     spec.components[api].properties.image}
 * @param from what was there; empty means nothing. Not to be modified
 * @param to what is there now; empty means nothing. Not to be modified
 */
public record Change(
        String path, ChangeClass changeClass, Optional<JsonNode> from, Optional<JsonNode> to) {}
