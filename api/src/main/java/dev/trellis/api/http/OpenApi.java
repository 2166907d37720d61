package dev.trellis.api.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trellis.api.view.Json;
import io.micronaut.core.io.ResourceResolver;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The API's document: what the compiler found in the code (calls, parameters, words), joined with
 * the shapes of bodies, answers and problems, which the code reads and writes as trees.
 */
@Singleton
final class OpenApi {
    private static final String GENERATED = "classpath:META-INF/swagger/openapi.yml";
    private static final String CALLS = "classpath:openapi/calls.yml";
    private static final String SCHEMAS = "classpath:openapi/schemas.yml";
    private static final String BASE = "/api/v1";
    private static final String EVENTS = "text/event-stream";
    private static final String MANIFEST = "Manifest";
    private static final Set<String> FLAGS =
            Set.of("deploy", "dryRun", "force", "summary", "hosts", "commands");
    private static final Set<String> CHANGING = Set.of("post", "put", "delete");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Map<String, String> MEANINGS =
            Map.of(
                    "400", "Not well-formed, or an unknown or unusable parameter",
                    "404", "No such thing",
                    "409", "In conflict with the state as it is; the code says how",
                    "412", "If-Match or If-None-Match does not hold",
                    "413", "Over the size limit",
                    "415", "A content type that is not read here",
                    "422", "The body is refused; all its problems are told",
                    "429", "As many as may be",
                    "503", "NATS or the owner of the lattice is away; Retry-After says when");

    private final String text;

    OpenApi(ResourceResolver resources) {
        var document = tree(resources, GENERATED);
        var calls = tree(resources, CALLS);
        document.withObject("components").set("schemas", tree(resources, SCHEMAS));
        for (var path : document.path("paths").properties()) {
            if (!path.getKey().startsWith(BASE)) {
                continue;
            }
            for (var method : path.getValue().properties()) {
                var call =
                        method.getKey().toUpperCase(Locale.ROOT)
                                + " "
                                + path.getKey().substring(BASE.length());
                complete(
                        method.getKey(),
                        (ObjectNode) method.getValue(),
                        calls.path("calls").path(call),
                        texts(calls.path("problems")));
            }
        }
        text = write(document);
    }

    /** As YAML. */
    String text() {
        return text;
    }

    private static void complete(
            String method, ObjectNode operation, JsonNode call, List<String> everywhere) {
        var problems = new TreeSet<>(everywhere);
        problems.addAll(texts(call.path("problems")));
        parameters(method, operation, problems);
        if (call.has("body")) {
            body(operation, call.path("body").asText());
        } else {
            operation.remove("requestBody");
        }
        var responses = Json.object();
        call.path("answers")
                .properties()
                .forEach(answer ->
                        responses.set(answer.getKey(), answer(answer.getValue().asText())));
        if (responses.isEmpty()) {
            responses.set("200", answer("Object"));
        }
        problems.forEach(status -> responses.set(status, problem(status)));
        operation.set("responses", responses);
    }

    private static void parameters(String method, ObjectNode operation, Set<String> problems) {
        var parameters = operation.withArray("parameters");
        for (var parameter : parameters) {
            var known = (ObjectNode) parameter;
            known.remove("explode");
            known.set("schema", schema(known.path("name").asText()));
        }
        boolean plans = operation.path("operationId").asText().startsWith("plan");
        boolean validates = operation.path("operationId").asText().startsWith("validate");
        if (CHANGING.contains(method) && !plans && !validates) {
            parameters.add(header("Idempotency-Key", "Gives the first answer again, for an hour"));
        }
        if (problems.contains("412")) {
            parameters.add(header("If-Match", "The ETag that it must have"));
        }
        if (problems.contains("429")) {
            parameters.add(header("Last-Event-ID", "The last event that is known"));
        }
        if (parameters.isEmpty()) {
            operation.remove("parameters");
        }
    }

    private static ObjectNode header(String name, String description) {
        var json = Json.object().put("name", name).put("in", "header");
        json.put("description", description).putObject("schema").put("type", "string");
        return json;
    }

    private static ObjectNode schema(String parameter) {
        var schema = Json.object();
        if (parameter.equals("limit")) {
            return schema.put("type", "integer").put("minimum", 1).put("maximum", 1000);
        }
        return schema.put("type", FLAGS.contains(parameter) ? "boolean" : "string");
    }

    private static void body(ObjectNode operation, String schema) {
        var content = Json.object();
        content.putObject("application/json").set("schema", reference(schema));
        if (schema.equals(MANIFEST)) {
            content.putObject(Documents.YAML).set("schema", reference(schema));
        }
        operation.withObject("requestBody").removeAll().set("content", content);
    }

    private static ObjectNode answer(String schema) {
        var json = Json.object().put("description", "Done");
        var content = json.putObject("content");
        if (schema.equals(EVENTS)) {
            content.putObject(EVENTS).putObject("schema").put("type", "string");
            return json;
        }
        content.putObject("application/json").set("schema", reference(schema));
        if (schema.equals(MANIFEST)) {
            content.putObject(Documents.YAML).set("schema", reference(schema));
        }
        return json;
    }

    private static ObjectNode problem(String status) {
        var json = Json.object().put("description", MEANINGS.getOrDefault(status, "A problem"));
        json.putObject("content").putObject(Problem.MEDIA_TYPE).set("schema", reference("Problem"));
        return json;
    }

    private static ObjectNode reference(String schema) {
        return Json.object().put("$ref", "#/components/schemas/" + schema);
    }

    private static List<String> texts(JsonNode list) {
        return list.isArray()
                ? YAML.convertValue(list, new TypeReference<List<String>>() {})
                : List.of();
    }

    private static ObjectNode tree(ResourceResolver resources, String name) {
        try (var in =
                resources
                        .getResourceAsStream(name)
                        .orElseThrow(() -> new IllegalStateException("no resource " + name))) {
            return (ObjectNode) YAML.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }

    private static String write(JsonNode document) {
        try {
            return YAML.writeValueAsString(document);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a tree in memory", impossible);
        }
    }
}
