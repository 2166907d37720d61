package dev.trellis.manifest.check;

import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Names;
import java.util.HashMap;
import java.util.Map;

/**
 * A config has one content, and the links of a manifest write it once: wadm refuses a second time,
 * equal or not. Components may write the same content again, and an external config may be named as
 * often as one likes.
 */
final class ConfigConflictsCheck implements Check {

    private record Seen(String path, ConfigRef config) {}

    @Override
    public void run(Manifest manifest, Findings findings) {
        var first = new HashMap<String, Seen>();
        var linked = new HashMap<String, String>();
        Uses.configs(
                manifest,
                (path, config) -> {
                    if (config.external() || config.name().isEmpty()) {
                        return;
                    }
                    var before = Uses.ofLink(path) ? linked.putIfAbsent(config.name(), path) : null;
                    if (before != null) {
                        again(path, config, before, findings);
                    } else {
                        content(manifest.name(), path, config, first, findings);
                    }
                });
    }

    private static void again(String path, ConfigRef config, String before, Findings findings) {
        findings.error(
                path + ".name",
                Rule.DUPLICATE_NAME,
                "Duplicate link config name found: "
                        + Quote.of(config.name())
                        + " is also written at "
                        + before
                        + "; give one of them another name");
    }

    private static void content(
            String app, String path, ConfigRef config, Map<String, Seen> first, Findings findings) {
        var stored = Names.configName(app, config.name());
        var before = first.putIfAbsent(stored, new Seen(path, config));
        if (before != null && !before.config().properties().equals(config.properties())) {
            findings.error(
                    path + ".name",
                    Rule.CONFLICT,
                    "the config "
                            + Quote.of(config.name())
                            + " has other properties at "
                            + before.path()
                            + " (both are stored as "
                            + stored
                            + "); make them equal, or rename one");
        }
    }
}
