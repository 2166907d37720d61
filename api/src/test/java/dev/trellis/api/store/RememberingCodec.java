package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps every manifest that it wrote, so that reading needs no parser. */
final class RememberingCodec implements ManifestCodec {
    private final Map<String, Manifest> written = new ConcurrentHashMap<>();

    @Override
    public String canonical(Manifest manifest) {
        var text = manifest.toString();
        written.put(text, manifest);
        return text;
    }

    @Override
    public String hash(Manifest manifest) {
        return "sha256:" + Integer.toHexString(manifest.toString().hashCode());
    }

    @Override
    public Manifest read(String canonical) {
        var manifest = written.get(canonical);
        if (manifest == null) {
            throw new IllegalArgumentException("never written: " + canonical);
        }
        return manifest;
    }
}
