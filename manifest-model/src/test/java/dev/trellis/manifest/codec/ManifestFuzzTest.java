package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.diff.ManifestDiff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Documents that nobody would write, made from those that somebody did. Every one gets an answer,
 * in time, and what is accepted holds together. {@code -Dtrellis.fuzz=100000} sets how many cases,
 * {@code -Dtrellis.fuzz.seed=7} the first seed; a case is made from its seed alone.
 */
class ManifestFuzzTest {

    private static final int CASES = Integer.getInteger("trellis.fuzz", 2_000);
    private static final long SEED = Long.getLong("trellis.fuzz.seed", 1);
    private static final int WARM_UP = 300;

    /** Longest that an answer may take of a processor's time; the machine has other work too. */
    private static final Duration LONGEST = Duration.ofMillis(100);

    private static final List<Format> FORMATS =
            List.of(
                    Format.YAML,
                    Format.YAML_OR_JSON,
                    Format.YAML,
                    Format.YAML_OR_JSON,
                    Format.JSON);

    private final List<byte[]> samples = samples();

    @Test
    void everyDocumentHasAnAnswerInTime() {
        for (int i = 0; i < WARM_UP; i++) {
            var _ = answer(Fuzz.document(new Random(-1 - i), samples), Format.YAML_OR_JSON);
        }
        long slowest = 0;
        long slowestSeed = 0;
        int accepted = 0;
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            var document = Fuzz.document(new Random(seed), samples);
            var format = FORMATS.get((int) Math.floorMod(seed, (long) FORMATS.size()));
            long nanos = time(document, format, seed);
            if (nanos > LONGEST.toNanos()) {
                nanos = fastestOfSeveral(document, format, seed);
            }
            if (nanos > slowest) {
                slowest = nanos;
                slowestSeed = seed;
            }
            accepted += check(seed, answer(document, format)) ? 1 : 0;
        }
        System.out.printf(
                "fuzz: %d cases from seed %d, %d accepted, slowest %.1f ms (seed %d)%n",
                CASES, SEED, accepted, slowest / 1e6, slowestSeed);
        assertThat(Duration.ofNanos(slowest)).as("seed %d", slowestSeed).isLessThan(LONGEST);
    }

    /**
     * What is slow because it is new to the compiler, or the machine busy, is not slow every time.
     */
    private static long fastestOfSeveral(byte[] document, Format format, long seed) {
        return Stream.generate(() -> time(document, format, seed))
                .limit(10)
                .mapToLong(Long::longValue)
                .min()
                .orElseThrow();
    }

    private static long time(byte[] document, Format format, long seed) {
        long start = cpuTime();
        try {
            var _ = answer(document, format);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
            throw new AssertionError("seed " + seed, thrown);
        }
        return cpuTime() - start;
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static ParseResult answer(byte[] document, Format format) {
        return ManifestReader.read(document, format);
    }

    /** Whether it was accepted; and what came out is whole in either case. */
    private static boolean check(long seed, ParseResult result) {
        return switch (result) {
            case ParseResult.Accepted(var manifest, var warnings) -> {
                assertThat(warnings).as("seed %d", seed).allMatch(w -> !w.isError());
                checkManifest(seed, manifest);
                yield true;
            }
            case ParseResult.Refused(var problems) -> {
                assertThat(problems)
                        .as("seed %d", seed)
                        .isNotEmpty()
                        .allSatisfy(problem -> {
                            assertThat(problem.message()).isNotBlank().hasLineCount(1);
                            assertThat(problem.path()).doesNotContain("\n");
                        });
                yield false;
            }
        };
    }

    private static void checkManifest(long seed, Manifest manifest) {
        var hash = ManifestWriter.hash(manifest);
        for (var written : List.of(ManifestWriter.yaml(manifest), ManifestWriter.json(manifest))) {
            var again = answer(written, Format.YAML_OR_JSON);
            assertThat(again).as("seed %d", seed).isInstanceOf(ParseResult.Accepted.class);
            var same = ((ParseResult.Accepted) again).manifest();
            assertThat(ManifestWriter.hash(same)).as("seed %d", seed).isEqualTo(hash);
            assertThat(ManifestDiff.between(manifest, same).isEmpty()).as("seed %d", seed).isTrue();
        }
        var _ = manifest.rollout();
        assertThat(manifest.components())
                .allSatisfy(component -> assertThat(component.placement()).isNotNull());
    }

    private static List<byte[]> samples() {
        var root = Path.of("src/test/resources");
        var found = new ArrayList<byte[]>();
        for (var folder :
                List.of("documents/good", "documents/bad", "wadm/oam", "wadm/manifests")) {
            // most begin as something that is accepted
            int weight = folder.endsWith("bad") ? 1 : 6;
            try (var files = Files.list(root.resolve(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(yaml|json)"))
                        .sorted()
                        .map(Samples::bytes)
                        .forEach(bytes -> found.addAll(Collections.nCopies(weight, bytes)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        assertThat(new String(found.getFirst(), StandardCharsets.UTF_8)).contains("apiVersion");
        return found;
    }
}
