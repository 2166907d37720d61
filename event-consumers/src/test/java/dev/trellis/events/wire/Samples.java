package dev.trellis.events.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Messages cut from a recording of a 1.9.2 host. */
final class Samples {
    static final String HOST = "NARBDN24TPJCINCOBNMC5S6W77XVG5RZMOCPZBCXNJUWFWFOO37ZDCJ5";

    private Samples() {}

    static byte[] read(String name) {
        try (var in = Samples.class.getResourceAsStream("/wire/" + name + ".json")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
