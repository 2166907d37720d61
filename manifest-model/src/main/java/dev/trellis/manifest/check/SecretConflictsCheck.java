package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Names;
import dev.trellis.manifest.SecretRef;
import java.util.HashMap;
import java.util.Map;

/** A secret has one meaning in a manifest; the same one may be named again. */
final class SecretConflictsCheck implements Check {

    private record Seen(String path, SecretRef secret) {}

    @Override
    public void run(Manifest manifest, Findings findings) {
        var first = new HashMap<String, Seen>();
        Uses.secrets(
                manifest, (path, secret) -> check(manifest.name(), path, secret, first, findings));
    }

    private static void check(
            String app, String path, SecretRef secret, Map<String, Seen> first, Findings findings) {
        NameShape.check(path + ".name", secret.name(), findings);
        if (secret.name().isEmpty()) {
            return;
        }
        var stored = Names.secretName(app, secret.name());
        var before = first.putIfAbsent(stored, new Seen(path, secret));
        if (before != null && !before.secret().equals(secret)) {
            findings.error(
                    path + ".name",
                    Rule.CONFLICT,
                    "the secret "
                            + Quote.of(secret.name())
                            + " means something else at "
                            + before.path()
                            + " (both are stored as "
                            + stored
                            + "); make them equal, or rename one");
        }
    }
}
