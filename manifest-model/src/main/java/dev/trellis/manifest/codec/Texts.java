package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Place;
import org.jspecify.annotations.Nullable;

/** Small work on texts: where in one something is, and how it looks on one line. */
final class Texts {

    private static final int LONGEST = 200;

    private Texts() {}

    /** The line and column of the character at {@code index}, counted from 0. */
    static Place place(String text, int index) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(index, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Place(line, column);
    }

    /** A library's words, shortened to one line. */
    static String oneLine(@Nullable String words) {
        var plain = words == null ? "" : words.lines().findFirst().orElse("").strip();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
