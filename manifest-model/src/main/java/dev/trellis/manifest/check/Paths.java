package dev.trellis.manifest.check;

import java.util.regex.Pattern;

/** Spells the paths that problems name. */
public final class Paths {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/-]{1,64}");
    private static final int LONGEST_KEY = 128;

    private Paths() {}

    /** The field {@code key} of the object at {@code path}; the document itself is empty. */
    public static String field(String path, String key) {
        if (!PLAIN.matcher(key).matches()) {
            var shown = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) : key;
            return path + "[\"" + shown + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    /** An item, counted from 0, of the list at {@code path}. */
    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    static String component(int index) {
        return item("spec.components", index);
    }

    static String trait(int component, int trait) {
        return item(component(component) + ".traits", trait);
    }
}
