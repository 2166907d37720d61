package dev.trellis.manifest;

import java.util.Locale;

/** Whether a problem refuses the manifest. */
public enum Severity {
    /** The manifest is refused. */
    ERROR,
    /** The manifest is accepted; the author should know. */
    WARNING;

    /** The word used in JSON: {@code error} or {@code warning}. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
