package dev.trellis.manifest.check;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;

/** A version can be asked for by its name, so {@code latest} is none. */
final class VersionCheck implements Check {

    private static final String PATH = "metadata.annotations.version";

    @Override
    public void run(Manifest manifest, Findings findings) {
        manifest.version().ifPresent(version -> check(version, findings));
    }

    private static void check(String version, Findings findings) {
        if (version.equals(Manifest.LATEST_VERSION)) {
            findings.error(
                    PATH,
                    Rule.INVALID_VERSION,
                    "latest is not allowed as a version, it asks for the newest one; name another,"
                            + " or leave it out to have one made");
        } else if (version.isBlank()) {
            findings.error(
                    PATH,
                    Rule.INVALID_VERSION,
                    "the version is empty; name one, or leave it out to have one made");
        } else if (version.length() > Limits.VERSION
                || version.codePoints().anyMatch(Character::isISOControl)) {
            findings.error(
                    PATH,
                    Rule.INVALID_VERSION,
                    "the version "
                            + Quote.of(version)
                            + " cannot be used, expected at most "
                            + Limits.VERSION
                            + " characters on one line");
        }
    }
}
