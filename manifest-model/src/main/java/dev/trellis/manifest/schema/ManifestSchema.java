package dev.trellis.manifest.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schema of a manifest, for editors and pipelines. What the reader accepts is valid under
 * it. Not everything that is valid is accepted: rules that join two places of a document are the
 * reader's alone. Made once; safe to share.
 */
public final class ManifestSchema {

    private static final ObjectWriter WRITER =
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
    private static final ObjectNode SCHEMA = new SchemaWriter().document(ManifestShape.MANIFEST);

    private ManifestSchema() {}

    /** The schema as a document of JSON Schema 2020-12, in UTF-8. A new array at each call. */
    public static byte[] json() {
        try {
            return WRITER.writeValueAsString(SCHEMA).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree in memory can be written", impossible);
        }
    }

    /** The schema as a tree. A new one at each call. */
    public static ObjectNode tree() {
        return SCHEMA.deepCopy();
    }
}
