package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Place;
import java.util.List;

/** A document as a tree whose every part knows its place. */
sealed interface Node {

    Place at();

    /** Values in it, itself included; what is used twice by an alias counts twice. */
    int size();

    /** Levels below it; 1 for a scalar. */
    int height();

    /** What a scalar is without a schema that says otherwise. */
    enum Type {
        TEXT("a text"),
        INTEGER("a number"),
        DECIMAL("a decimal number"),
        BOOLEAN("a boolean"),
        EMPTY("nothing");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** A single value; {@code text} is as written, without quotes and escapes. */
    record Scalar(Type type, String text, Place at) implements Node {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public int height() {
            return 1;
        }
    }

    record Items(List<Node> items, Place at, int size, int height) implements Node {}

    /** Keys are texts, and each is there once. */
    record Fields(List<Field> fields, Place at, int size, int height) implements Node {}

    record Field(String key, Place at, Node value) {}

    /** For a message: what this is. */
    default String words() {
        return switch (this) {
            case Scalar scalar -> scalar.type().words();
            case Items _ -> "a list";
            case Fields _ -> "an object";
        };
    }
}
