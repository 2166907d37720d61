package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ManifestWriter;
import dev.trellis.manifest.codec.ParseResult;
import java.nio.charset.StandardCharsets;

/** Canonical JSON, as {@code manifest-model} writes it. */
public final class TrellisManifestCodec implements ManifestCodec {
    @Override
    public String canonical(Manifest manifest) {
        return new String(ManifestWriter.canonical(manifest), StandardCharsets.UTF_8);
    }

    @Override
    public String hash(Manifest manifest) {
        return ManifestWriter.hash(manifest);
    }

    @Override
    public Manifest read(String canonical) {
        var bytes = canonical.getBytes(StandardCharsets.UTF_8);
        return switch (ManifestReader.read(bytes, Format.JSON)) {
            case ParseResult.Accepted(var manifest, var _) -> manifest;
            case ParseResult.Refused(var problems) ->
                    throw new IllegalArgumentException("stored manifest refused: " + problems);
        };
    }
}
