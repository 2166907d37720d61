package dev.trellis.manifest.check;

import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;
import java.util.regex.Pattern;

/** The name of an external config is the key it is stored under; others become one. */
final class ConfigNamesCheck implements Check {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_=/-]+(\\.[A-Za-z0-9_=/-]+)*+");

    @Override
    public void run(Manifest manifest, Findings findings) {
        Uses.configs(manifest, (path, config) -> check(path + ".name", config, findings));
    }

    private static void check(String path, ConfigRef config, Findings findings) {
        var name = config.name();
        NameShape.check(path, name, findings);
        if (config.external()
                && !name.isEmpty()
                && name.length() <= Limits.NAME
                && !KEY.matcher(name).matches()) {
            findings.error(
                    path,
                    Rule.INVALID_NAME,
                    "no config can be stored under "
                            + Quote.of(name)
                            + ", expected A-Z, a-z, 0-9, _, =, /, - and single dots; give it"
                            + " properties if it is meant to be made here");
        }
    }
}
