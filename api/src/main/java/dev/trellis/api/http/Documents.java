package dev.trellis.api.http;

import dev.trellis.api.store.Document;
import dev.trellis.manifest.Limits;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.Severity;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ParseResult;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Manifests in bodies: of which type, and what they say. */
final class Documents {
    static final String YAML = "application/yaml";
    static final String OLD_YAML = "application/x-yaml";
    static final String TEXT_YAML = "text/yaml";
    static final String JSON = MediaType.APPLICATION_JSON;

    private Documents() {}

    static byte[] body(Optional<byte[]> sent) {
        var body = sent.orElseGet(() -> new byte[0]);
        if (body.length == 0) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "MalformedBody", "expected a manifest")
                    .toException();
        }
        if (body.length > Limits.DOCUMENT_BYTES) {
            throw Problem.of(
                            HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                            "TooLarge",
                            "a manifest has at most %d bytes, this one has %d"
                                    .formatted(Limits.DOCUMENT_BYTES, body.length))
                    .toException();
        }
        return body;
    }

    static ParseResult read(HttpRequest<?> request, byte[] body) {
        return ManifestReader.read(body, format(request));
    }

    static ParseResult.Accepted accepted(HttpRequest<?> request, byte[] body) {
        return switch (read(request, body)) {
            case ParseResult.Accepted accepted -> accepted;
            case ParseResult.Refused(var problems) ->
                    throw Problem.manifest(problems).toException();
        };
    }

    /** A manifest goes to the address that names its app. */
    static void checkName(String name, ParseResult.Accepted accepted) {
        if (!name.equals(accepted.manifest().name())) {
            throw Problem.manifest(
                            List.of(
                                    new ManifestProblem(
                                            "metadata.name",
                                            0,
                                            0,
                                            "NameMismatch",
                                            "is %s, but the address says %s"
                                                    .formatted(accepted.manifest().name(), name),
                                            Severity.ERROR)))
                    .toException();
        }
    }

    static Document document(HttpRequest<?> request, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        boolean json =
                switch (format(request)) {
                    case JSON -> true;
                    case YAML -> false;
                    case YAML_OR_JSON -> text.stripLeading().startsWith("{");
                };
        return new Document(text, json ? JSON : YAML);
    }

    private static Format format(HttpRequest<?> request) {
        return request.getContentType()
                .map(MediaType::getSubtype)
                .map(subtype -> subtype.contains("yaml") ? Format.YAML : Format.JSON)
                .orElse(Format.YAML_OR_JSON);
    }

    /** The type to answer with; empty: as it was sent. */
    static Optional<String> wanted(HttpRequest<?> request) {
        for (var type : request.accept()) {
            var subtype = type.getSubtype();
            if (subtype.contains("yaml")) {
                return Optional.of(YAML);
            }
            if (subtype.equals("json")) {
                return Optional.of(JSON);
            }
        }
        return Optional.empty();
    }
}
