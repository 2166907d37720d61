package dev.trellis.manifest.codec;

import java.util.BitSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plain scalar means: YAML 1.2 as wadm reads it. {@code yes}, {@code 010} and {@code 12:30}
 * are texts, which they are not in YAML 1.1.
 */
final class YamlScalars {

    private static final Set<String> EMPTY = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> BOOLEAN =
            Set.of("true", "True", "TRUE", "false", "False", "FALSE");
    private static final Set<String> NOT_FINITE =
            Set.of(
                    ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
                    ".nan", ".NaN", ".NAN");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(0|[1-9][0-9]*+|0x[0-9a-fA-F]++|0o[0-7]++|0b[01]++)");
    private static final Pattern DIGITS = Pattern.compile("[-+]?[0-9]++");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\.[0-9]++|[0-9]++(\\.[0-9]*+)?)([eE][-+]?[0-9]++)?");

    /** Letters that begin nothing but a text; most words do. */
    private static final BitSet NEVER_ELSE = new BitSet();

    static {
        for (char c = 'A'; c <= 'z'; c++) {
            NEVER_ELSE.set(c, Character.isLetter(c) && "nNtTfF".indexOf(c) < 0);
        }
    }

    private YamlScalars() {}

    static Node.Type type(String plain) {
        if (!plain.isEmpty() && NEVER_ELSE.get(plain.charAt(0))) {
            return Node.Type.TEXT;
        }
        if (EMPTY.contains(plain)) {
            return Node.Type.EMPTY;
        }
        if (BOOLEAN.contains(plain)) {
            return Node.Type.BOOLEAN;
        }
        if (INTEGER.matcher(plain).matches()) {
            return Node.Type.INTEGER;
        }
        if (DIGITS.matcher(plain).matches()) {
            return Node.Type.TEXT; // a leading zero: neither octal nor decimal
        }
        if (NOT_FINITE.contains(plain) || DECIMAL.matcher(plain).matches()) {
            return Node.Type.DECIMAL;
        }
        return Node.Type.TEXT;
    }
}
