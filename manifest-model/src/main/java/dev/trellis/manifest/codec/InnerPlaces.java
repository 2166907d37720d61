package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Place;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Finds in the document what stands at a place of a text inside it. Exact where the text is a
 * literal block, or on one line without escapes; anywhere else the place of the text itself.
 */
final class InnerPlaces {

    private static final Pattern LITERAL = Pattern.compile("(?:[&!]\\S*\\s+)*\\|.*");

    private InnerPlaces() {}

    static UnaryOperator<Place> of(Lines document, Node.Scalar text) {
        var at = text.at();
        var line = document.line(at.line());
        if (at.column() < 1 || at.column() > line.length()) {
            return _ -> at;
        }
        var rest = line.substring(at.column() - 1);
        if (LITERAL.matcher(rest).matches()) {
            return literal(document, text);
        }
        int quotes = rest.startsWith("\"") || rest.startsWith("'") ? 1 : 0;
        if (rest.startsWith(text.text(), quotes)) {
            return inner -> new Place(at.line(), at.column() + quotes + inner.column() - 1);
        }
        return _ -> at;
    }

    private static UnaryOperator<Place> literal(Lines document, Node.Scalar text) {
        int before = text.at().line();
        int first = before + 1;
        while (first < document.count() && document.line(first).isBlank()) {
            first++;
        }
        // blank lines at the beginning belong to the text
        var inside = text.text().lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        int indent = indent(document.line(first)) - indent(inside);
        return inner ->
                inner.line() == 0
                        ? text.at()
                        : new Place(before + inner.line(), indent + inner.column());
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
