package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is done to a good document, the answer is one of two, and a manifest still round-trips.
 */
class MutationTest {

    private static final int SEEDS_A_DOCUMENT = 300;
    private static final Duration SANE = Duration.ofSeconds(5);
    private static final String SPICE = "{}[]:,-&*!|>'\"%@`#? \n\t\0\u007f~<0x";

    @ParameterizedTest
    @MethodSource("dev.trellis.manifest.codec.Samples#good")
    void everyMutationOfAGoodDocumentHasAnAnswer(Path sample) {
        var bytes = Samples.bytes(sample);
        for (int seed = 0; seed < SEEDS_A_DOCUMENT; seed++) {
            var mutated = mutate(bytes, new Random(seed));
            for (var format : Format.values()) {
                assertThatCode(() -> answered(mutated, format))
                        .as("%s, seed %d, %s", sample.getFileName(), seed, format)
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.trellis.manifest.codec.Samples#good")
    void everyBeginningOfAGoodDocumentHasAnAnswer(Path sample) {
        var bytes = Samples.bytes(sample);
        for (int length = 0; length < bytes.length; length += 7) {
            var _ = answered(Arrays.copyOf(bytes, length), Format.YAML_OR_JSON);
        }
    }

    @Test
    void theLargestManifestIsReadInASaneTime() {
        var document = new StringBuilder(HEAD);
        IntStream.range(0, 1_000).forEach(i -> document.append(component(i)));

        assertThat(timed(document)).isInstanceOf(ParseResult.Accepted.class);
    }

    @Test
    void aLargeDocumentFullOfMistakesIsReadInASaneTime() {
        var document = new StringBuilder(HEAD);
        IntStream.range(0, 2_500)
                .forEach(i -> document.append(component(i % 7).replace("http", "")));
        document.append("  policies: {}\n");

        assertThat(timed(document)).isInstanceOf(ParseResult.Refused.class);
    }

    @Test
    void manyBadKeysAreReadInASaneTime() {
        var keys = new StringBuilder();
        IntStream.range(0, 40_000).forEach(i -> keys.append("$").append(i).append(": x, "));
        var document = HEAD.replace("name: large", "name: l, labels: {" + keys + "}");

        assertThat(answered(bytes(document), Format.YAML)).isInstanceOf(ParseResult.Refused.class);
    }

    @Test
    void oneLongWordIsReadInASaneTime() {
        for (var word : new String[] {"1", "a ", "&a", "- ", "? ", "[", "'", "\\", "0x", "a:"}) {
            var _ = answered(bytes(word.repeat(400_000 / word.length())), Format.YAML_OR_JSON);
        }
    }

    private static final String HEAD =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata: { name: large }
            spec:
              components:
            """;

    private static String component(int i) {
        return """
            - name: c%d
              type: component
              properties: { image: "reg.example/c:%d", config: [ { name: c%d, properties: { k: v } } ] }
              traits:
              - type: spreadscaler
                properties: { instances: 3, spread: [ { name: a, requirements: { zone: a } } ] }
              - { type: link, properties: { namespace: wasi, package: http, interfaces: [ types ], target: { name: c0 } } }
        """
                .formatted(i, i, i);
    }

    private static ParseResult timed(StringBuilder document) {
        var bytes = bytes(document.toString());
        return answered(bytes, Format.YAML);
    }

    private static ParseResult answered(byte[] document, Format format) {
        var start = System.nanoTime();
        var result = ManifestReader.read(document, format);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SANE);
        switch (result) {
            case ParseResult.Accepted(var manifest, _) -> {
                assertThat(GoodDocumentsTest.read(ManifestWriter.yaml(manifest), Format.YAML))
                        .isEqualTo(manifest);
                assertThat(GoodDocumentsTest.read(ManifestWriter.json(manifest), Format.JSON))
                        .isEqualTo(manifest);
            }
            case ParseResult.Refused(var problems) ->
                    assertThat(problems)
                            .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
        }
        return result;
    }

    /** One to four changes: a byte, a piece removed, doubled, moved, or something sharp put in. */
    private static byte[] mutate(byte[] good, Random random) {
        var bytes = good.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            if (bytes.length == 0) {
                return bytes;
            }
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
            bytes =
                    switch (random.nextInt(6)) {
                        case 0 -> flipped(bytes, at, random);
                        case 1 -> joined(bytes, 0, at, bytes, end, bytes.length);
                        case 2 -> joined(bytes, 0, end, bytes, at, bytes.length);
                        case 3 -> withoutLine(bytes, at);
                        case 4 -> spiced(bytes, at, random);
                        default -> renamed(bytes, random);
                    };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        var flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private static byte[] withoutLine(byte[] bytes, int at) {
        int from = at;
        while (from > 0 && bytes[from - 1] != '\n') {
            from--;
        }
        int to = at;
        while (to < bytes.length && bytes[to] != '\n') {
            to++;
        }
        return joined(bytes, 0, from, bytes, Math.min(to + 1, bytes.length), bytes.length);
    }

    private static byte[] spiced(byte[] bytes, int at, Random random) {
        var spice = bytes(SPICE);
        int pick = random.nextInt(spice.length);
        var with = joined(bytes, 0, at, spice, pick, pick + 1);
        return joined(with, 0, with.length, bytes, at, bytes.length);
    }

    /** Changes what a value is: a word becomes a number, a boolean, nothing, a list. */
    private static byte[] renamed(byte[] bytes, Random random) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var words = text.split("\\b", -1);
        var others =
                new String[] {
                    "1", "-1", "true", "", "null", "[1]", "{}", "1e400", "99999999999", "name"
                };
        words[random.nextInt(words.length)] = others[random.nextInt(others.length)];
        return String.join("", words).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        var joined = Arrays.copyOf(Arrays.copyOfRange(a, aFrom, aTo), aTo - aFrom + bTo - bFrom);
        System.arraycopy(b, bFrom, joined, aTo - aFrom, bTo - bFrom);
        return joined;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
