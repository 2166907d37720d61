package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlScalarsTest {

    @ParameterizedTest
    @CsvSource({
        "yes, TEXT",
        "no, TEXT",
        "on, TEXT",
        "off, TEXT",
        "y, TEXT",
        "Yes, TEXT",
        "010, TEXT",
        "-007, TEXT",
        "12:30, TEXT",
        "1_000, TEXT",
        "2026-11-22, TEXT",
        "0x, TEXT",
        "0xG, TEXT",
        "1e, TEXT",
        ".e1, TEXT",
        "., TEXT",
        "-, TEXT",
        "1.2.3, TEXT",
        "tRue, TEXT",
        "nUll, TEXT",
        "inf, TEXT",
        "nan, TEXT",
        "v1, TEXT",
        "=, TEXT",
        "<<, TEXT",
        "true, BOOLEAN",
        "True, BOOLEAN",
        "TRUE, BOOLEAN",
        "false, BOOLEAN",
        "FALSE, BOOLEAN",
        "null, EMPTY",
        "Null, EMPTY",
        "NULL, EMPTY",
        "~, EMPTY",
        "'', EMPTY",
        "0, INTEGER",
        "-1, INTEGER",
        "+1, INTEGER",
        "0x1F, INTEGER",
        "0o17, INTEGER",
        "0b11, INTEGER",
        "123456789012345678901234567890, INTEGER",
        "1.0, DECIMAL",
        "1., DECIMAL",
        ".5, DECIMAL",
        "1e3, DECIMAL",
        "-1.5E-7, DECIMAL",
        "01.5, DECIMAL",
        ".inf, DECIMAL",
        "-.INF, DECIMAL",
        ".nan, DECIMAL",
    })
    void plainWordsMeanWhatYamlOneTwoSays(String word, Node.Type type) {
        assertThat(YamlScalars.type(word)).isEqualTo(type);
    }
}
