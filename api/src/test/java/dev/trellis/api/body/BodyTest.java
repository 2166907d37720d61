package dev.trellis.api.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.terms.Amount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class BodyTest {
    @Test
    void anEmptyBodyIsAnEmptyObject() throws Exception {
        var body = Body.of(new byte[0]);

        assertThat(body.text("reason")).isEmpty();
        assertThat(body.flag("retry")).isFalse();
        assertThat(body.problems()).isEmpty();
    }

    @Test
    void whatIsThereIsReadByItsType() throws Exception {
        var body =
                body(
                        "{\"text\":\"t\",\"flag\":true,\"n\":5,\"share\":\"25%\",\"count\":3,\"no\":null}");

        assertThat(body.text("text")).contains("t");
        assertThat(body.flag("flag")).isTrue();
        assertThat(body.number("n", 1, 10)).isEqualTo(OptionalInt.of(5));
        assertThat(body.amount("share")).contains(new Amount.Percent(25));
        assertThat(body.amount("count")).contains(new Amount.Count(3));
        assertThat(body.text("no")).isEmpty();
        assertThat(body.problems()).isEmpty();
    }

    @Test
    void everyProblemIsToldAtOnceWithItsPlace() throws Exception {
        var body =
                body("{\n  \"n\": \"five\",\n  \"reson\": \"x\",\n  \"list\": [{\"flag\": 1}]\n}");

        assertThat(body.number("n", 1, 10)).isEmpty();
        assertThat(body.text("reason")).isEmpty();
        var item = body.objects("list", 5).getFirst();
        assertThat(item.flag("flag")).isFalse();

        assertThat(body.problems())
                .extracting(
                        ManifestProblem::path,
                        ManifestProblem::line,
                        ManifestProblem::column,
                        ManifestProblem::rule)
                .containsExactly(
                        tuple("n", 2, 8, "WrongType"),
                        tuple("reson", 3, 3, "UnknownField"),
                        tuple("list[0].flag", 4, 21, "WrongType"));
        assertThat(body.problems().get(1).message()).contains("did you mean reason?");
    }

    @Test
    void aNumberOutOfRangeSaysTheRange() throws Exception {
        var body = body("{\"n\": 11, \"big\": 99999999999999999999}");

        assertThat(body.number("n", 1, 10)).isEmpty();
        assertThat(body.number("big", 1, 10)).isEmpty();
        assertThat(body.problems()).extracting(ManifestProblem::rule).containsOnly("OutOfRange");
        assertThat(body.problems().getFirst().message())
                .isEqualTo("expected a whole number from 1 to 10, found 11");
    }

    @Test
    void aFieldThatIsThereTwiceIsAProblem() throws Exception {
        var body = body("{\"a\":\"1\",\"a\":\"2\"}");

        assertThat(body.text("a")).contains("2");
        assertThat(body.problems())
                .extracting(ManifestProblem::rule)
                .containsExactly("DuplicateKey");
    }

    @Test
    void whatIsNoObjectIsMalformedAndSaysWhere() {
        for (var text : List.of("[]", "\"a\"", "{", "{\"a\":}", "{} {}", "nul", "\u0000")) {
            assertThatThrownBy(() -> body(text))
                    .as(text)
                    .isInstanceOf(MalformedBodyException.class);
        }
        assertThatThrownBy(() -> body("{\n \"a\": x}")).hasMessageContaining("line 2");
    }

    @Test
    void aBodyNestedTooDeeplyIsMalformed() {
        assertThatThrownBy(() -> body("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"))
                .isInstanceOf(MalformedBodyException.class);
    }

    private static Body body(String text) throws MalformedBodyException {
        return Body.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
