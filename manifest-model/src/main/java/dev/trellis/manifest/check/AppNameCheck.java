package dev.trellis.manifest.check;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;
import java.util.regex.Pattern;

/** The name of an application is one token of a subject. */
final class AppNameCheck implements Check {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1," + Limits.APP_NAME + "}");

    @Override
    public void run(Manifest manifest, Findings findings) {
        var name = manifest.name();
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            findings.error(
                    "metadata.name",
                    Rule.INVALID_NAME,
                    "the name "
                            + Quote.of(name)
                            + " cannot be used, expected 1 to "
                            + Limits.APP_NAME
                            + " of A-Z, a-z, 0-9, _ and -");
        }
    }
}
