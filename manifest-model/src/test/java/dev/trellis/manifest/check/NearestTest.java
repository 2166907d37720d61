package dev.trellis.manifest.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> WORDS = List.of("image", "application", "id", "config");

    @ParameterizedTest
    @CsvSource({
        "imgae, image",
        "Image, image",
        "aplication, application",
        "di, id",
        "cnofg, config"
    })
    void aWordWithOneOrTwoSlipsIsRecognised(String written, String meant) {
        assertThat(Nearest.to(written, WORDS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"secret", "x", "environment", "name"})
    void anotherWordIsNotForcedIntoOne(String written) {
        assertThat(Nearest.to(written, List.of("image", "application", "config"))).isEmpty();
    }

    @Test
    void aVeryLongWordIsNotComparedAtAll() {
        assertThat(Nearest.to("x".repeat(100_000), WORDS)).isEmpty();
    }
}
