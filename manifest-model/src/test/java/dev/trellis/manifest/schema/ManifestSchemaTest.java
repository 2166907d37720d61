package dev.trellis.manifest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ManifestWriter;
import dev.trellis.manifest.codec.ParseResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestSchemaTest {

    private static final Path SAMPLES = Path.of("src/test/resources/documents");
    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonSchema SCHEMA = FACTORY.getSchema(ManifestSchema.tree());

    /** What a schema can say: the rest of the rules join several places of a document. */
    private static final Set<String> SAID = Set.of("UnknownField", "Later");

    @Test
    void itIsAValidSchemaOfItsDialect() throws Exception {
        var dialect =
                FACTORY.getSchema(
                        SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(dialect.validate(new ObjectMapper().readTree(ManifestSchema.json()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatTheReaderAcceptsIsValid(Path sample) throws Exception {
        assertThat(problems(tree(sample))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatTheWriterWritesIsValid(Path sample) throws Exception {
        var manifest = accepted(sample);
        var json = new ObjectMapper();

        assertThat(problems(json.readTree(ManifestWriter.json(manifest)))).isEmpty();
        assertThat(problems(json.readTree(ManifestWriter.jsonOfTexts(manifest)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refusedForAField")
    void aFieldThatTheReaderDoesNotKnowIsInvalid(Path sample) throws Exception {
        assertThat(problems(tree(sample))).isNotEmpty();
    }

    @Test
    void everyFieldThatTheReaderKnowsIsNamed() {
        var schema = ManifestSchema.tree();

        for (var object : objects(ManifestShape.MANIFEST).values()) {
            var node =
                    object.name().equals(ManifestShape.MANIFEST.name())
                            ? schema
                            : schema.path("$defs").path(object.name());
            for (var field : object.fields()) {
                var named = node.path("properties").path(field.name());
                assertThat(named.isMissingNode()).as(object.name() + "." + field.name()).isFalse();
                assertThat(named.path("description").asText()).endsWith(".");
            }
        }
    }

    @Test
    void everyFieldThatTheSchemaNamesIsReadInSomeSample() throws Exception {
        var seen = new HashMap<String, Set<String>>();
        for (var sample : good()) {
            walk(tree(sample), ManifestShape.MANIFEST, seen);
        }

        for (var object : objects(ManifestShape.MANIFEST).values()) {
            assertThat(seen.getOrDefault(object.name(), Set.of()))
                    .as(object.name())
                    .containsAll(object.fields().stream().map(Shape.Field::name).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/spec/policies/0/properties/maxUnproven, 0, false",
        "/spec/policies/0/properties/maxUnproven, 1, true",
        "/spec/policies/0/properties/maxUnproven, '\"[\"', true",
        "/spec/policies/0/properties/onFailure, '\"stop\"', false",
        "/spec/policies/0/properties/stages/0/upTo, '\"0%\"', false",
        "/spec/policies/0/properties/stages/0/upTo, '\"100%\"', true",
        "/spec/policies/0/properties/stages/0/upTo, '\"7%\"', true",
        "/spec/policies/0/properties/stages/0/upTo, '\"101%\"', false",
        "/spec/policies/0/properties/healthyTime, '\"0s\"', true",
        "/spec/policies/0/properties/healthyDeadline, '\"0m0s\"', false",
        "/spec/policies/0/properties/healthyDeadline, '\"10m\"', true",
        "/spec/policies/0/properties/healthyDeadline, '\"10\"', false",
        "/spec/policies/0/properties/healthyDeadline, null, true",
        "/spec/components/0/traits/0/properties/instances, -1, false",
        "/spec/components/0/traits/0/properties, null, false",
        "/metadata/name, '\" \"', false",
        "/metadata/name, 5, false",
    })
    void boundsAndFormsAreThoseOfTheReader(String pointer, String value, boolean valid)
            throws Exception {
        var tree = tree(SAMPLES.resolve("good/rollout.yaml"));
        int end = pointer.lastIndexOf('/');
        var parent = (ObjectNode) tree.at(pointer.substring(0, end));
        parent.set(pointer.substring(end + 1), new ObjectMapper().readTree(value));

        assertThat(problems(tree).isEmpty()).isEqualTo(valid);
    }

    static List<Path> good() throws Exception {
        // the YAML reader used here knows no aliases
        return in("good").stream().filter(sample -> !sample.endsWith("aliases.yaml")).toList();
    }

    static List<Path> refusedForAField() throws Exception {
        return in("bad").stream().filter(ManifestSchemaTest::refusedForAField).toList();
    }

    private static boolean refusedForAField(Path sample) {
        return ManifestReader.read(bytes(sample), Format.YAML)
                        instanceof ParseResult.Refused(var problems)
                && problems.stream().anyMatch(p -> p.isError() && SAID.contains(p.rule()));
    }

    private static List<Path> in(String folder) throws Exception {
        try (var files = Files.list(SAMPLES.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    private static byte[] bytes(Path sample) {
        try {
            return Files.readAllBytes(sample);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<ValidationMessage> problems(JsonNode tree) {
        return SCHEMA.validate(tree);
    }

    private static JsonNode tree(Path sample) throws Exception {
        var text = Files.readString(sample);
        if (sample.toString().endsWith(".json")) {
            return new ObjectMapper().readTree(text);
        }
        return new YAMLMapper().readTree(text);
    }

    private static Manifest accepted(Path sample) {
        return switch (ManifestReader.read(bytes(sample), Format.YAML_OR_JSON)) {
            case ParseResult.Accepted(var manifest, _) -> manifest;
            case ParseResult.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static Map<String, Shape.Obj> objects(Shape root) {
        var objects = new HashMap<String, Shape.Obj>();
        collect(root, objects);
        return objects;
    }

    private static void collect(Shape shape, Map<String, Shape.Obj> objects) {
        if (shape instanceof Shape.Obj object) {
            objects.put(object.name(), object);
        }
        parts(shape).forEach(part -> collect(part, objects));
    }

    private static Stream<Shape> parts(Shape shape) {
        return switch (shape) {
            case Shape.ListOf list -> Stream.of(list.item());
            case Shape.MapOf map -> Stream.of(map.value());
            case Shape.Either(var newer, var older) -> Stream.of(newer, older);
            case Shape.Obj object -> object.fields().stream().map(Shape.Field::shape);
            case Shape.Typed(var frame, var variants) ->
                    Stream.concat(
                            Stream.of(frame), variants.stream().map(Shape.Variant::properties));
            default -> Stream.empty();
        };
    }

    /** Notes which fields of which objects are there. */
    private static void walk(JsonNode node, Shape shape, Map<String, Set<String>> seen) {
        switch (shape) {
            case Shape.ListOf list -> node.forEach(item -> walk(item, list.item(), seen));
            case Shape.MapOf map -> node.forEach(value -> walk(value, map.value(), seen));
            case Shape.Either(var newer, _) -> walk(node, newer, seen);
            case Shape.Obj object -> {
                var names = seen.computeIfAbsent(object.name(), _ -> new HashSet<>());
                node.fieldNames().forEachRemaining(names::add);
                object.fields()
                        .forEach(field -> walk(node.path(field.name()), field.shape(), seen));
            }
            case Shape.Typed(var frame, var variants) -> {
                walk(node, frame, seen);
                variants.stream()
                        .filter(variant -> variant.type().equals(node.path("type").asText()))
                        .forEach(variant ->
                                walk(node.path("properties"), variant.properties(), seen));
            }
            default -> {}
        }
    }
}
