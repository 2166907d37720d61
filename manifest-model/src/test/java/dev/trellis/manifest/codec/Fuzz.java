package dev.trellis.manifest.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes documents that are wrong in every way: by bytes, by words, by lines and by whole parts. */
final class Fuzz {

    private static final int LARGE = 1024 * 1024;
    private static final int DEEP = 10_000;
    private static final int MOST_CHANGES = 4;

    private static final String[] VALUES = {
        "",
        "~",
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e400",
        ".inf",
        ".nan",
        "99999999999999999999",
        "0x7fffffff",
        "010",
        "12:30",
        "2026-11-25",
        "[]",
        "{}",
        "[[]]",
        "{a: b}",
        "'",
        "\"",
        "|",
        ">-",
        "*a",
        "&a x",
        "!!binary x",
        "!x",
        "<<",
        "@",
        "`",
        "%",
        "25%",
        "0%",
        "101%",
        "10m",
        "0s",
        "tcp/80",
        "\u0000",
        "\ufeff",
        "\ud83d\ude00",
        "\u2028",
        "\\u0000",
        "\\ud800",
        "\t",
        "---",
        "...",
        "? x",
        "- ",
        "name",
        "type",
        "properties",
        "rollout",
        "placement",
        "spreadscaler",
        "link",
        "api",
        "default"
    };

    private Fuzz() {}

    /** A document made from the samples; the same for the same state of {@code random}. */
    static byte[] document(Random random, List<byte[]> samples) {
        int kind = random.nextInt(100);
        if (kind < 2) {
            return monster(random);
        }
        var bytes = samples.get(random.nextInt(samples.size())).clone();
        int most = random.nextBoolean() ? 1 : MOST_CHANGES;
        for (int changes = random.nextInt(most); changes >= 0; changes--) {
            bytes =
                    switch (random.nextInt(14)) {
                        case 0 -> flipped(bytes, random);
                        case 1 -> cut(bytes, random);
                        case 2 -> doubled(bytes, random);
                        case 3 -> invalid(bytes, random);
                        case 4 -> word(bytes, random);
                        case 5 -> value(bytes, random);
                        case 6 -> lineMoved(bytes, random);
                        case 7 -> indented(bytes, random);
                        case 8 -> partOfAnother(bytes, samples, random);
                        case 9 -> nested(bytes, random);
                        default -> letter(bytes, random);
                    };
        }
        return bytes;
    }

    /** What is wrong by its size alone. */
    private static byte[] monster(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> bytes("a: b\n".repeat(LARGE / 5));
            case 1 -> bytes("[".repeat(DEEP) + "]".repeat(DEEP));
            case 2 -> bytes("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));
            case 3 -> bytes("- ".repeat(DEEP) + "x");
            case 4 -> bomb(random);
            case 5 ->
                    bytes(
                            SPEC
                                    + "  - {name: x, type: rollout, properties: {stages: \""
                                    + inner(random)
                                    + "\"}}\n");
            case 6 -> components(random);
            case 7 -> mistakes(random);
            default -> bytes(VALUES[random.nextInt(VALUES.length)].repeat(20_000));
        };
    }

    private static final String HEAD =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata: { name: x }
            spec:
            """;
    private static final String SPEC = HEAD + "  components: []\n  policies:\n";

    private static String inner(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "[".repeat(DEEP);
            case 1 -> "{name: a}, ".repeat(LARGE / 50);
            default -> bombText(random, ", ");
        };
    }

    private static byte[] bomb(Random random) {
        return bytes(bombText(random, "\n"));
    }

    private static String bombText(Random random, String between) {
        var text = new StringBuilder("[&a0 [x,x,x,x,x,x,x,x,x,x]");
        int levels = 2 + random.nextInt(20);
        for (int i = 1; i < levels; i++) {
            text.append(",").append(between).append("&a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ",").repeat(2 + random.nextInt(9))).append("]");
        }
        return text.append("]").toString();
    }

    private static byte[] components(Random random) {
        var text = new StringBuilder(HEAD + "  components:\n");
        int count = 1 + random.nextInt(3_000);
        for (int i = 0; i < count; i++) {
            text.append("  - {name: c").append(random.nextInt(count * 2));
            text.append(", type: component, properties: {image: r}, traits: [{type: placement,")
                    .append(" properties: {spreads: \"{default: {min: ")
                    .append(random.nextInt(3))
                    .append("}}\"}}]}\n");
        }
        return bytes(text.toString());
    }

    private static byte[] mistakes(Random random) {
        var text = new StringBuilder(SPEC + "  - { type: rollout, properties: { stages: [\n");
        int count = 1 + random.nextInt(20_000);
        for (int i = 0; i < count; i++) {
            text.append("{nmae: ").append(i).append(", upTo: -1},\n");
        }
        text.append("] } }\n");
        return bytes(text.toString());
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] cut(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(200));
        return join(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private static byte[] doubled(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(300));
        return join(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
    }

    /** One letter or digit becomes another: what most people get wrong, and often still reads. */
    private static byte[] letter(byte[] bytes, Random random) {
        for (int tries = 0; tries < 20; tries++) {
            int at = random.nextInt(bytes.length + 1) % Math.max(1, bytes.length);
            if (at < bytes.length && Character.isLetterOrDigit(bytes[at]) && bytes[at] > 0) {
                bytes[at] =
                        (byte)
                                (random.nextBoolean()
                                        ? '0' + random.nextInt(10)
                                        : 'a' + random.nextInt(26));
                return bytes;
            }
        }
        return bytes;
    }

    /** Bytes that are no text: half of a character, one too long, none at all. */
    private static byte[] invalid(byte[] bytes, Random random) {
        var bad =
                new byte[][] {
                    {(byte) 0xC3},
                    {(byte) 0xFF},
                    {0},
                    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                    {7},
                    {(byte) 0xC0, (byte) 0x80},
                    {'\r'},
                    {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}
                };
        int at = random.nextInt(bytes.length + 1);
        return join(
                Arrays.copyOf(bytes, at),
                bad[random.nextInt(bad.length)],
                Arrays.copyOfRange(bytes, at, bytes.length));
    }

    /** One word becomes another of the document, or one of those that are hard to bear. */
    private static byte[] word(byte[] bytes, Random random) {
        var words = text(bytes).split("\\b", -1);
        words[random.nextInt(words.length)] =
                random.nextBoolean()
                        ? words[random.nextInt(words.length)]
                        : VALUES[random.nextInt(VALUES.length)];
        return bytes(String.join("", words));
    }

    /** What stands after a colon becomes something else. */
    private static byte[] value(byte[] bytes, Random random) {
        var lines = lines(bytes);
        int at = random.nextInt(lines.length);
        int colon = lines[at].indexOf(':');
        if (colon >= 0) {
            lines[at] =
                    lines[at].substring(0, colon + 1) + " " + VALUES[random.nextInt(VALUES.length)];
        }
        return bytes(String.join("\n", lines));
    }

    private static byte[] lineMoved(byte[] bytes, Random random) {
        var lines = lines(bytes);
        int from = random.nextInt(lines.length);
        int to = random.nextInt(lines.length);
        var line = lines[from];
        lines[from] = random.nextBoolean() ? lines[to] : "";
        lines[to] = line;
        return bytes(String.join("\n", lines));
    }

    private static byte[] indented(byte[] bytes, Random random) {
        var lines = lines(bytes);
        int from = random.nextInt(lines.length);
        int to = Math.min(lines.length, from + 1 + random.nextInt(6));
        var by = " ".repeat(1 + random.nextInt(4));
        for (int i = from; i < to; i++) {
            lines[i] =
                    random.nextBoolean() || !lines[i].startsWith(by)
                            ? by + lines[i]
                            : lines[i].substring(by.length());
        }
        return bytes(String.join("\n", lines));
    }

    /** A part of the tree comes from another document. */
    private static byte[] partOfAnother(byte[] bytes, List<byte[]> samples, Random random) {
        var lines = lines(bytes);
        var others = lines(samples.get(random.nextInt(samples.size())));
        int at = random.nextInt(lines.length);
        int from = random.nextInt(others.length);
        int to = Math.min(others.length, from + 1 + random.nextInt(12));
        var all = new ArrayList<>(Arrays.asList(lines));
        var part = Arrays.asList(others).subList(from, to);
        int shift = indent(lines[at]) - indent(others[from]);
        part.stream()
                .map(line -> shift > 0 ? " ".repeat(shift) + line : line)
                .toList()
                .reversed()
                .forEach(line -> all.add(at, line));
        return bytes(String.join("\n", all));
    }

    /** What stands after a colon goes into a text, a list or an object. */
    private static byte[] nested(byte[] bytes, Random random) {
        var lines = lines(bytes);
        int at = random.nextInt(lines.length);
        int colon = lines[at].indexOf(": ");
        if (colon >= 0) {
            var rest = lines[at].substring(colon + 2);
            var around =
                    switch (random.nextInt(4)) {
                        case 0 -> "'" + rest.replace("'", "''") + "'";
                        case 1 -> "[" + rest + "]";
                        case 2 -> "{ x: " + rest + " }";
                        default -> "|\n" + " ".repeat(indent(lines[at]) + 2) + rest;
                    };
            lines[at] = lines[at].substring(0, colon + 2) + around;
        }
        return bytes(String.join("\n", lines));
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String[] lines(byte[] bytes) {
        return text(bytes).split("\n", -1);
    }

    /** One character for each byte, so that what is no text stays what it is. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (c < 256) {
                        bytes.write(c);
                    } else {
                        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                    }
                });
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (var part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
