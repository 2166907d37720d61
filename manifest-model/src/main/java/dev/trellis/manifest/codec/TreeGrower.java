package dev.trellis.manifest.codec;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Severity;
import dev.trellis.manifest.check.Findings;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Places;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the tree of a document together and keeps it within the limits, whatever the document is
 * written in.
 */
final class TreeGrower {

    private final Findings findings = new Findings(Places.NONE);

    /** Problems that did not stop the reading: keys that are there twice. */
    Findings findings() {
        return findings;
    }

    Node scalar(Trail path, Node.Type type, String text, Place at) throws Unreadable {
        text(path, text, at);
        return new Node.Scalar(type, text, at);
    }

    /** Call before the content of a list or object at {@code depth} is read; the outermost is 1. */
    void enter(Trail path, int depth, Place at) throws Unreadable {
        if (depth > Limits.DEPTH) {
            throw new Unreadable(
                    path.path(),
                    at,
                    Rule.TOO_DEEP,
                    "nested more than "
                            + Limits.DEPTH
                            + " levels deep; a manifest needs about ten");
        }
    }

    /** Call when an alias puts a part that exists at {@code depth}. */
    void reuse(Trail path, Node node, int depth, Place at) throws Unreadable {
        enter(path, depth + node.height() - 1, at);
    }

    private static void text(Trail path, String text, Place at) throws Unreadable {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new Unreadable(
                        path.path(), at, Rule.SYNTAX, "the text holds a NUL character; remove it");
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new Unreadable(
                        path.path(),
                        at,
                        Rule.SYNTAX,
                        "the text holds half of a character (a lone surrogate); remove it");
            }
        }
    }

    /** A list that is being read. */
    static final class ItemsGrower {
        private final Place at;
        private final List<Node> items = new ArrayList<>();
        private int size = 1;
        private int height = 1;

        ItemsGrower(Place at) {
            this.at = at;
        }

        Trail nextPath(Trail path) {
            return new Trail.Item(path, items.size());
        }

        void add(Node item) throws Unreadable {
            size = grown(size, item, at);
            height = Math.max(height, 1 + item.height());
            items.add(item);
        }

        Node done() {
            return new Node.Items(List.copyOf(items), at, size, height);
        }
    }

    /** An object that is being read. */
    final class FieldsGrower {
        private final Place at;
        private final List<Node.Field> fields = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();
        private int size = 1;
        private int height = 1;

        FieldsGrower(Place at) {
            this.at = at;
        }

        /** The first of two values with one key is kept; the second is a problem. */
        void add(Trail path, String key, Place keyAt, Node value) throws Unreadable {
            text(path, key, keyAt);
            size = grown(size, value, at);
            height = Math.max(height, 1 + value.height());
            if (keys.add(key)) {
                fields.add(new Node.Field(key, keyAt, value));
            } else {
                findings.add(
                        path.path(),
                        keyAt,
                        Rule.DUPLICATE_KEY,
                        "the field " + Quote.of(key) + " is already there; remove one of them",
                        Severity.ERROR);
            }
        }

        Node done() {
            return new Node.Fields(List.copyOf(fields), at, size, height);
        }
    }

    private static int grown(int size, Node by, Place at) throws Unreadable {
        int grown = size + by.size();
        if (grown > Limits.NODES) {
            throw new Unreadable(
                    "",
                    at,
                    Rule.TOO_LARGE,
                    "more than "
                            + Limits.NODES
                            + " values, aliases resolved; split the application");
        }
        return grown;
    }
}
