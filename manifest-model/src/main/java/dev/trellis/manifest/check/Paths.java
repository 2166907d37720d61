package dev.trellis.manifest.check;

/** Spells the paths that problems name. */
public final class Paths {

    private static final int LONGEST_PLAIN = 64;
    private static final int LONGEST_KEY = 128;

    private Paths() {}

    /** The field {@code key} of the object at {@code path}; the document itself is empty. */
    public static String field(String path, String key) {
        if (!plain(key)) {
            var shown = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) : key;
            return path + "[\"" + shown + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    /** An item, counted from 0, of the list at {@code path}. */
    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** Whether a key can stand in a path as it is. */
    private static boolean plain(String key) {
        if (key.isEmpty() || key.length() > LONGEST_PLAIN) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!(c >= 'a' && c <= 'z')
                    && !(c >= 'A' && c <= 'Z')
                    && !(c >= '0' && c <= '9')
                    && "_/-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    static String component(int index) {
        return item("spec.components", index);
    }

    static String trait(int component, int trait) {
        return item(component(component) + ".traits", trait);
    }
}
