package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Rule;

/** Tells the author of spellings that are still read but no longer written. */
final class Older {

    private Older() {}

    static void word(Reading reading, FieldsReader fields, String older, String newer) {
        reading.warning(
                fields.path(older),
                fields.keyPlace(older),
                Rule.DEPRECATED,
                older + " is an older spelling; write " + newer);
    }

    static void ignored(Reading reading, FieldsReader fields, String older, String newer) {
        reading.warning(
                fields.path(older),
                fields.keyPlace(older),
                Rule.CONFLICT,
                older + " has no effect beside " + newer + "; move its content there");
    }
}
