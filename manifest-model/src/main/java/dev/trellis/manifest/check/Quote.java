package dev.trellis.manifest.check;

/** Shows a text from the document in a message. */
public final class Quote {

    private static final int LONGEST = 80;

    private Quote() {}

    /** The text in quotes, shortened, without control characters. */
    public static String of(String text) {
        var shown = new StringBuilder("\"");
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(shown::appendCodePoint);
        if (text.codePointCount(0, text.length()) > LONGEST) {
            shown.append('…');
        }
        return shown.append('"').toString();
    }
}
