package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Quote;
import java.util.List;

/** Words that several messages share. */
final class Say {

    private Say() {}

    static boolean empty(Node node) {
        return node instanceof Node.Scalar(var type, _, _) && type == Node.Type.EMPTY;
    }

    /** What was found in place of {@code expected}, and how to put it right. */
    static String wrongType(Node node, String expected) {
        var found = node.words();
        if (node instanceof Node.Scalar(var type, var text, _) && type != Node.Type.EMPTY) {
            found += " (" + Quote.of(text) + ")";
            if (type != Node.Type.TEXT && expected.startsWith("a text")) {
                return "found " + found + ", expected " + expected + "; put it in quotes";
            }
        }
        return "found " + found + ", expected " + expected;
    }

    static String and(List<String> words) {
        return join(words, " and ");
    }

    static String or(List<String> words) {
        return join(words, " or ");
    }

    private static String join(List<String> words, String last) {
        if (words.size() == 1) {
            return words.getFirst();
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + last + words.getLast();
    }

    /** The object that is expected, in front of what is in it. */
    static String object(String what) {
        return "an object, " + what;
    }
}
