package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.api.store.Document;
import dev.trellis.api.wadm.ModelSubject.Operation;
import dev.trellis.manifest.Limits;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ParseResult;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests of wadm's API, from subject and bytes to the reply; knows nothing of how they come. */
@Singleton
final class ModelApi {
    private static final Logger log = LoggerFactory.getLogger(ModelApi.class);
    private static final int PROBLEMS_TOLD = 20;
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    private final ModelOperations operations;
    private final WadmSettings settings;

    /**
     * A request that was understood, or whose refusal is known.
     *
     * @param lane what has to be answered in order has the same
     * @param answer does it, and never throws
     */
    record Prepared(String lane, Supplier<JsonNode> answer) {}

    ModelApi(ModelOperations operations, WadmSettings settings) {
        this.operations = operations;
        this.settings = settings;
    }

    /** Requests of one of these may have to be answered in order. */
    String gate(String subject) {
        return subject(subject) instanceof ModelSubject.Known(var lattice, var _, var _)
                ? lattice.value()
                : "";
    }

    /** Reads the request; reads and writes nothing else. */
    Prepared prepare(String subject, Optional<String> contentType, byte[] payload) {
        return switch (subject(subject)) {
            case ModelSubject.Known known -> known(known, contentType, payload);
            case ModelSubject.Unsupported() -> refused("Unsupported subject: " + subject);
            case ModelSubject.Invalid(var why) -> refused("Invalid subject: " + why);
        };
    }

    private ModelSubject subject(String subject) {
        var prefix = settings.subject(settings.prefix()) + ".";
        return subject.startsWith(prefix)
                ? ModelSubject.parse(subject.substring(prefix.length()))
                : new ModelSubject.Invalid("expected it to begin with " + prefix);
    }

    private static Prepared refused(String why) {
        return new Prepared("", () -> ModelReplies.error(why));
    }

    private Prepared known(ModelSubject.Known known, Optional<String> contentType, byte[] payload) {
        var lattice = known.lattice();
        var name = known.name();
        var lane = lattice + "." + name;
        return switch (known.operation()) {
            case PUT -> put(lattice, contentType, payload);
            case LIST -> prepared(lane, () -> operations.list(lattice));
            case GET_ALL -> prepared(lane, () -> operations.getAll(lattice));
            case VERSIONS -> prepared(lane, () -> operations.versions(lattice, name));
            case STATUS -> prepared(lane, () -> operations.status(lattice, name));
            case HISTORY ->
                    refused(
                            "Model deployment history is not currently supported. It may be added"
                                    + " in a future version");
            case GET, DEL, DEPLOY, UNDEPLOY -> withRequest(known, lane, payload);
        };
    }

    private Prepared withRequest(ModelSubject.Known known, String lane, byte[] payload) {
        var lattice = known.lattice();
        var name = known.name();
        ModelRequest request;
        try {
            request = ModelRequest.read(said(known.operation()), payload);
        } catch (ModelRequest.Malformed malformed) {
            var why = String.valueOf(malformed.getMessage());
            return new Prepared(lane, () -> ModelReplies.error(why));
        }
        var version = request.version();
        return switch (known.operation()) {
            case GET -> prepared(lane, () -> operations.get(lattice, name, version));
            case DEPLOY -> prepared(lane, () -> operations.deploy(lattice, name, version));
            case UNDEPLOY -> prepared(lane, () -> operations.undeploy(lattice, name));
            case DEL -> {
                boolean all = request.deleteAll() && version.filter(v -> !v.isEmpty()).isEmpty();
                var one = all ? Optional.<String>empty() : version;
                yield prepared(lane, () -> operations.delete(lattice, name, one));
            }
            case PUT, LIST, GET_ALL, VERSIONS, STATUS, HISTORY ->
                    throw new IllegalStateException("has no request: " + known);
        };
    }

    private static String said(Operation operation) {
        return operation == Operation.DEL ? "delete" : operation.word();
    }

    private Prepared put(LatticeName lattice, Optional<String> contentType, byte[] payload) {
        var format = format(contentType);
        if (format.isEmpty()) {
            return refused(
                    "Unsupported content type %s given. Send %s or %s, or leave the header out"
                            .formatted(shortened(contentType.orElse("")), JSON, YAML));
        }
        if (payload.length > Limits.DOCUMENT_BYTES) {
            return refused(
                    "a manifest has at most %d bytes, this one has %d"
                            .formatted(Limits.DOCUMENT_BYTES, payload.length));
        }
        return switch (ManifestReader.read(payload, format.get())) {
            case ParseResult.Accepted(var manifest, var _) ->
                    prepared(
                            lattice + "." + manifest.name(),
                            () ->
                                    operations.put(
                                            lattice, manifest, document(payload, format.get())));
            case ParseResult.Refused(var problems) -> refused(text(problems));
        };
    }

    private static Optional<Format> format(Optional<String> contentType) {
        var type = contentType.map(t -> t.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
        if (type.isEmpty()) {
            return Optional.of(Format.YAML_OR_JSON);
        }
        return switch (type.get()) {
            case JSON -> Optional.of(Format.JSON);
            case YAML -> Optional.of(Format.YAML);
            default -> Optional.empty();
        };
    }

    private static Document document(byte[] payload, Format format) {
        var text = new String(payload, StandardCharsets.UTF_8);
        boolean json =
                switch (format) {
                    case JSON -> true;
                    case YAML -> false;
                    case YAML_OR_JSON -> text.stripLeading().startsWith("{");
                };
        return new Document(text, json ? JSON : YAML);
    }

    private static String text(List<ManifestProblem> problems) {
        var errors = problems.stream().filter(ManifestProblem::isError).toList();
        var told =
                errors.stream()
                        .limit(PROBLEMS_TOLD)
                        .map(ModelApi::text)
                        .collect(Collectors.joining("; "));
        int more = errors.size() - PROBLEMS_TOLD;
        return "Invalid manifest: " + told + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String text(ManifestProblem problem) {
        var place =
                problem.line() > 0
                        ? " (line %d, column %d)".formatted(problem.line(), problem.column())
                        : "";
        var path = problem.path().isEmpty() ? "" : problem.path() + ": ";
        return path + problem.message() + place;
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private static Prepared prepared(String lane, Supplier<JsonNode> work) {
        return new Prepared(lane, () -> answer(lane, work));
    }

    private static JsonNode answer(String lane, Supplier<JsonNode> work) {
        try {
            return work.get();
        } catch (StoreUnavailableException away) {
            log.atWarn()
                    .addKeyValue("app", lane)
                    .addKeyValue("reason", away.getMessage())
                    .log("store unavailable");
            return ModelReplies.error(
                    "the store does not answer; it is not known whether a change was made");
        } catch (RuntimeException wrong) {
            // our own code is wrong: the client gets an answer all the same
            log.atError().addKeyValue("app", lane).setCause(wrong).log("request failed");
            return ModelReplies.error("internal error; the log of Trellis says more");
        }
    }
}
