package dev.trellis.manifest.check;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {

    private static final int LONGEST = 64;
    private static final int MOST_WORDS = 128;

    private Nearest() {}

    /** A sentence that names the word closest to {@code written}, or nothing if none is close. */
    public static String hint(String written, Collection<String> words) {
        return to(written, words).map(word -> "; did you mean " + word + "?").orElse("");
    }

    static Optional<String> to(String written, Collection<String> words) {
        if (written.length() > LONGEST || words.size() > MOST_WORDS) {
            return Optional.empty();
        }
        String best = "";
        int fewest = written.length() <= 3 ? 2 : 3;
        for (var word : words) {
            if (Math.abs(word.length() - written.length()) < fewest) {
                int edits = edits(lower(written), lower(word));
                if (edits < fewest) {
                    fewest = edits;
                    best = word;
                }
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Letters to add, drop, change or swap with their neighbour. */
    private static int edits(String a, String b) {
        var d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (swapped(a, i, b, j)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    private static boolean swapped(String a, int i, String b, int j) {
        return i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
