package dev.trellis.manifest.check;

import dev.trellis.manifest.Limits;

/** The form of names that never become part of a subject as they are. */
final class NameShape {

    private NameShape() {}

    /** Refuses a name that is too long or holds control characters. */
    static void check(String path, String name, Findings findings) {
        if (name.length() > Limits.NAME || name.codePoints().anyMatch(Character::isISOControl)) {
            findings.error(
                    path,
                    Rule.INVALID_NAME,
                    "the name "
                            + Quote.of(name)
                            + " cannot be used, expected at most "
                            + Limits.NAME
                            + " characters on one line");
        }
    }
}
