package dev.trellis.manifest.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Metadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes manifests, in UTF-8 and in the spelling of today. What was not given is left out, except
 * for what stock clients need to be there: {@code annotations} and the {@code requirements} of a
 * spread, empty or not. Stateless; safe to share.
 */
public final class ManifestWriter {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();
    private static final ObjectWriter YAML =
            YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build()
                    .writer();

    private ManifestWriter() {}

    /** The manifest as {@link #json} writes it, as a tree of its own. */
    public static ObjectNode tree(Manifest manifest) {
        return ManifestTree.of(manifest);
    }

    /** On one line, in the order that people write it. */
    public static byte[] json(Manifest manifest) {
        return bytes(JSON, ManifestTree.of(manifest));
    }

    /**
     * As {@link #json}, for clients whose policies hold texts alone, as those of wadm do: every
     * setting of a policy that is no text is one that holds it as JSON. Reads as the same manifest
     * where the type of the policy is one that Trellis knows.
     */
    public static byte[] jsonOfTexts(Manifest manifest) {
        var tree = ManifestTree.of(manifest);
        for (var policy : tree.path("spec").path("policies")) {
            var texts = (ObjectNode) policy.path("properties");
            for (var setting : List.copyOf(texts.properties())) {
                if (!setting.getValue().isTextual()) {
                    texts.put(setting.getKey(), setting.getValue().toString());
                }
            }
        }
        return bytes(JSON, tree);
    }

    /** One document, in the order that people write it. */
    public static byte[] yaml(Manifest manifest) {
        return bytes(YAML, ManifestTree.of(manifest));
    }

    /**
     * JSON with every object sorted by its keys: equal manifests give equal bytes, whatever they
     * were read from. With the version.
     */
    public static byte[] canonical(Manifest manifest) {
        return bytes(JSON, Sorted.copy(ManifestTree.of(manifest)));
    }

    /**
     * Names the content: {@code sha256:} and 64 hexadecimal digits of the canonical form without
     * the version annotation, so equal content under two versions has one hash.
     */
    public static String hash(Manifest manifest) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical(plain(manifest)));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    private static Manifest plain(Manifest manifest) {
        var annotations = new TreeMap<>(manifest.metadata().annotations());
        annotations.remove(Manifest.VERSION_ANNOTATION);
        return new Manifest(
                manifest.apiVersion(),
                manifest.kind(),
                new Metadata(manifest.name(), annotations, manifest.metadata().labels()),
                manifest.components(),
                manifest.policies());
    }

    private static byte[] bytes(ObjectWriter writer, JsonNode tree) {
        try {
            return writer.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree in memory can be written", impossible);
        }
    }
}
