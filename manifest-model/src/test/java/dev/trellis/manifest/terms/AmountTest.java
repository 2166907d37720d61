package dev.trellis.manifest.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

    @ParameterizedTest
    @CsvSource({
        "10, 41, 5, 4",
        "25, 30, 8, 7",
        "25, 4, 1, 1",
        "1, 1, 1, 0",
        "0, 50, 0, 0",
        "100, 7, 7, 7",
        "33, 0, 0, 0",
        "99, 2000000000, 1980000000, 1980000000",
    })
    void aShareIsRoundedTheWayThatIsAskedFor(int percent, int total, int up, int down) {
        assertThat(new Amount.Percent(percent).roundedUp(total)).isEqualTo(up);
        assertThat(new Amount.Percent(percent).roundedDown(total)).isEqualTo(down);
    }

    @Test
    void aCountIsItselfWhateverTheTotal() {
        assertThat(new Amount.Count(3).roundedUp(1)).isEqualTo(3);
        assertThat(new Amount.Count(3).roundedDown(100)).isEqualTo(3);
    }

    @Test
    void anAmountIsSpelledAsItIsRead() {
        assertThat(Amount.percent("25%").orElseThrow().spelled()).isEqualTo("25%");
        assertThat(new Amount.Count(2).spelled()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"101%", "-1%", "25", "05%", "2.5%", " 25%", "%", "1000%", "٣%"})
    void whatIsNoShareIsRefused(String text) {
        assertThat(Amount.percent(text)).isEmpty();
    }

    @Test
    void noneOfItIsZeroInBothSpellings() {
        assertThat(new Amount.Count(0).zero()).isTrue();
        assertThat(new Amount.Percent(0).zero()).isTrue();
        assertThat(new Amount.Percent(1).zero()).isFalse();
    }

    @Test
    void anAmountBelowNothingIsRefused() {
        assertThatThrownBy(() -> new Amount.Count(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Amount.Percent(101))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
