package dev.trellis.manifest.check;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Source;

/** An image reference is a text without spaces; whether it can be fetched is seen on a host. */
final class ImagesCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        for (int i = 0; i < manifest.components().size(); i++) {
            if (manifest.components().get(i).source() instanceof Source.Image(var reference)
                    && !valid(reference)) {
                findings.error(
                        Paths.component(i) + ".properties.image",
                        Rule.INVALID_IMAGE,
                        "the image "
                                + Quote.of(reference)
                                + " cannot be used, expected at most "
                                + Limits.IMAGE
                                + " characters without spaces");
            }
        }
    }

    private static boolean valid(String reference) {
        return reference.length() <= Limits.IMAGE
                && reference
                        .codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
    }
}
