package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import java.math.BigInteger;

/** Reads whole numbers, also those of YAML in other bases. */
final class Numbers {

    private static final int MOST_DIGITS = 40;

    private Numbers() {}

    /** A number from 0 to {@code most}; 0 when it is none, which is reported. */
    static int read(Reading reading, String path, Node node, int most) {
        if (!(node instanceof Node.Scalar(var type, var text, var at))
                || type != Node.Type.INTEGER) {
            var expected = "a whole number from 0 to " + most;
            boolean quoted =
                    node instanceof Node.Scalar(_, var inside, _)
                            && YamlScalars.type(inside) == Node.Type.INTEGER;
            reading.error(
                    path,
                    node.at(),
                    Rule.WRONG_TYPE,
                    Say.wrongType(node, expected) + (quoted ? "; write it without quotes" : ""));
            return 0;
        }
        if (text.length() <= MOST_DIGITS) {
            var value = value(text);
            if (value.signum() >= 0 && value.compareTo(BigInteger.valueOf(most)) <= 0) {
                return value.intValueExact();
            }
        }
        reading.error(
                path,
                at,
                Rule.OUT_OF_RANGE,
                "found " + Quote.of(text) + ", expected a whole number from 0 to " + most);
        return 0;
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
