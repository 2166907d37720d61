package dev.trellis.manifest.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documents under {@code documents/}. */
final class Samples {

    private Samples() {}

    static Stream<Path> good() {
        return in("good").stream();
    }

    static Stream<Path> bad() {
        return in("bad").stream();
    }

    static byte[] bytes(Path sample) {
        try {
            return Files.readAllBytes(sample);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> in(String folder) {
        try (var files = Files.list(Path.of("src/test/resources/documents", folder))) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
