package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import java.util.Set;
import java.util.regex.Pattern;

/** Keys of labels and annotations have the form {@code name} or {@code domain/name}. */
final class LabelKeysCheck implements Check {

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final String PART = "[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(PART + "(\\." + PART + ")*+");
    private static final int LONGEST_DOMAIN = 253;

    @Override
    public void run(Manifest manifest, Findings findings) {
        check("metadata.labels", manifest.metadata().labels().keySet(), findings);
        check("metadata.annotations", manifest.metadata().annotations().keySet(), findings);
    }

    private static void check(String path, Set<String> keys, Findings findings) {
        for (var key : keys) {
            if (!valid(key)) {
                findings.error(
                        Paths.field(path, key),
                        Rule.INVALID_LABEL,
                        "the key "
                                + Quote.of(key)
                                + " cannot be used, expected a name of at most 63 letters, digits,"
                                + " -, _ and ., perhaps after a domain and /");
            }
        }
    }

    private static boolean valid(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            return NAME.matcher(key).matches();
        }
        return slash <= LONGEST_DOMAIN
                && DOMAIN.matcher(key.substring(0, slash)).matches()
                && NAME.matcher(key.substring(slash + 1)).matches();
    }
}
