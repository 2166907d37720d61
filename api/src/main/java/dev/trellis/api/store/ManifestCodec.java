package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;

/** How a manifest is kept, and by what two are the same. */
public interface ManifestCodec {
    /** One line of JSON; equal manifests give equal text. */
    String canonical(Manifest manifest);

    /** {@code sha256:…} of the canonical form. */
    String hash(Manifest manifest);

    /** The manifest that {@code canonical} was written from. */
    Manifest read(String canonical);
}
