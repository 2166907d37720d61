package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import java.math.BigInteger;
import java.util.OptionalInt;

/** Reads whole numbers, also those of YAML in other bases. */
final class Numbers {

    private static final int MOST_DIGITS = 40;

    private Numbers() {}

    /** A number from 0 to {@code most}; 0 when it is none, which is reported. */
    static int read(Reading reading, String path, Node node, int most) {
        return within(reading, path, node, 0, most).orElse(0);
    }

    /** A number from {@code least} to {@code most}; empty when it is none, which is reported. */
    static OptionalInt within(Reading reading, String path, Node node, int least, int most) {
        var expected = "a whole number from " + least + " to " + most;
        if (!(node instanceof Node.Scalar(var type, var text, var at))
                || type != Node.Type.INTEGER) {
            reading.error(
                    path,
                    node.at(),
                    Rule.WRONG_TYPE,
                    Say.wrongType(node, expected) + unquote(node));
            return OptionalInt.empty();
        }
        if (text.length() <= MOST_DIGITS) {
            var value = value(text);
            if (value.compareTo(BigInteger.valueOf(least)) >= 0
                    && value.compareTo(BigInteger.valueOf(most)) <= 0) {
                return OptionalInt.of(value.intValueExact());
            }
        }
        reading.error(
                path, at, Rule.OUT_OF_RANGE, "found " + Quote.of(text) + ", expected " + expected);
        return OptionalInt.empty();
    }

    /** What to do about a number that was written as a text. */
    static String unquote(Node node) {
        boolean quoted =
                node instanceof Node.Scalar(var type, var inside, _)
                        && type == Node.Type.TEXT
                        && YamlScalars.type(inside) == Node.Type.INTEGER;
        return quoted ? "; write it without quotes" : "";
    }

    /** The value of what {@link YamlScalars} calls a whole number. */
    static BigInteger value(String text) {
        boolean negative = text.startsWith("-");
        var digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int base = 10;
        if (digits.startsWith("0x")) {
            base = 16;
        } else if (digits.startsWith("0o")) {
            base = 8;
        } else if (digits.startsWith("0b")) {
            base = 2;
        }
        var value = new BigInteger(base == 10 ? digits : digits.substring(2), base);
        return negative ? value.negate() : value;
    }
}
