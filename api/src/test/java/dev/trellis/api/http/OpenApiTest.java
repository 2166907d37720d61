package dev.trellis.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micronaut.core.io.ResourceResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The document says what the API's page says. */
final class OpenApiTest {
    private static final Path PAGE = Path.of("src/test/resources/openapi/page.txt");
    private static final String BASE = "/api/v1";

    private final JsonNode document = document();

    private static JsonNode document() {
        try {
            return new YAMLMapper().readTree(new OpenApi(new ResourceResolver()).text());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void everyCallOfThePageIsThereWithItsParametersAndStatuses() throws IOException {
        assertThat(calls()).containsAll(page());
    }

    @Test
    void everyAnswerAndProblemHasASchemaThatIsThere() {
        var schemas = document.path("components").path("schemas");
        for (var reference : document.findValuesAsText("$ref")) {
            var name = reference.substring("#/components/schemas/".length());
            assertThat(schemas.has(name)).as(name).isTrue();
        }
        for (var path : document.path("paths")) {
            for (var operation : path) {
                assertThat(operation.path("responses").path("503").toString())
                        .contains("application/problem+json");
                assertThat(operation.path("responses").toString())
                        .doesNotContain("\"type\":\"object\"");
            }
        }
    }

    @Test
    void aManifestIsTakenAsJsonAndAsYaml() {
        var put =
                document.path("paths")
                        .path(BASE + "/lattices/{lattice}/apps/{name}")
                        .path("put")
                        .path("requestBody")
                        .path("content");

        assertThat(put.has("application/json")).isTrue();
        assertThat(put.has("application/yaml")).isTrue();
    }

    private List<String> calls() {
        var calls = new ArrayList<String>();
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                var query = new TreeSet<String>();
                for (var parameter : method.getValue().path("parameters")) {
                    if (parameter.path("in").asText().equals("query")) {
                        query.add(parameter.path("name").asText());
                    }
                }
                var statuses = new TreeSet<String>();
                method.getValue()
                        .path("responses")
                        .fieldNames()
                        .forEachRemaining(status -> {
                            if (status.startsWith("2")) {
                                statuses.add(status);
                            }
                        });
                calls.add(
                        "%s %s %s %s"
                                .formatted(
                                        method.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey().replace(BASE, ""),
                                        query.isEmpty() ? "-" : String.join(",", query),
                                        String.join(",", statuses)));
            }
        }
        return calls;
    }

    private static List<String> page() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
