package dev.trellis.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is written, line by line, in each of the two forms. */
class LoggingTest {
    private static List<String> lines(String format) throws Exception {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("TRELLIS_LOG", format);
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Objects.requireNonNull(LoggingTest.class.getResource("/logback.xml")));
        var out = new ByteArrayOutputStream();
        var before = System.out;
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            var log = context.getLogger("dev.trellis.test");
            var cause = new IllegalStateException("a \"cause\"\nof two lines");
            log.atError()
                    .addKeyValue("lattice", "blue \"sky\"")
                    .log("turn failed", new IllegalArgumentException("outer", cause));
            log.atInfo().addKeyValue("host", "N1").log("scale requested");
        } finally {
            System.setOut(before);
            context.stop();
        }
        return out.toString(UTF_8).lines().toList();
    }

    @Test
    @DisplayName("A76: an error with its causes is one line of valid JSON")
    void anErrorWithItsCausesIsOneLineOfJson() throws Exception {
        var lines = lines("json");

        assertThat(lines).hasSize(2);
        JsonNode error = new ObjectMapper().readTree(lines.getFirst());
        assertThat(error.path("level").asText()).isEqualTo("ERROR");
        assertThat(error.path("formattedMessage").asText()).isEqualTo("turn failed");
        assertThat(error.path("kvpList").toString()).contains("lattice").contains("sky");
        assertThat(error.path("throwable").path("message").asText()).isEqualTo("outer");
        assertThat(error.path("throwable").path("cause").path("message").asText())
                .isEqualTo("a \"cause\"\nof two lines");
        assertThat(new ObjectMapper().readTree(lines.getLast()).path("kvpList").toString())
                .contains("N1");
    }

    @Test
    void withoutTheSettingLinesAreForPeople() throws Exception {
        var lines = lines("text");

        assertThat(lines.getFirst()).contains("ERROR").endsWith("lattice=\"blue \"sky\"\"");
        assertThat(lines.getLast()).contains("scale requested host=\"N1\"");
    }
}
