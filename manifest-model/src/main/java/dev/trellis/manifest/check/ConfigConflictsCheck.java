package dev.trellis.manifest.check;

import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Names;
import java.util.HashMap;
import java.util.Map;

/**
 * A config has one content. The same content may be written again, and an external config may be
 * named as often as one likes.
 */
final class ConfigConflictsCheck implements Check {

    private record Seen(String path, ConfigRef config) {}

    @Override
    public void run(Manifest manifest, Findings findings) {
        var first = new HashMap<String, Seen>();
        Uses.configs(
                manifest, (path, config) -> check(manifest.name(), path, config, first, findings));
    }

    private static void check(
            String app, String path, ConfigRef config, Map<String, Seen> first, Findings findings) {
        if (config.external() || config.name().isEmpty()) {
            return;
        }
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
