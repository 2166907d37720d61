package dev.trellis.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.Precondition;
import dev.trellis.api.store.PutResult;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.Json;
import dev.trellis.api.view.Page;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.codec.ParseResult;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.wanted.AppRecord;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Manifests, stored. */
@Controller("/api/v1/lattices/{lattice}/apps")
@ExecuteOn(TaskExecutors.BLOCKING)
@Idempotent
@Tag(name = "Apps and versions")
public class PutController {
    private final AppRepository apps;
    private final Outcomes outcomes;
    private final VerbHistory history;
    private final Plans plans;

    PutController(AppRepository apps, Outcomes outcomes, VerbHistory history, Plans plans) {
        this.apps = apps;
        this.outcomes = outcomes;
        this.history = history;
        this.plans = plans;
    }

    @Put("/{name}")
    @Consumes({Documents.YAML, Documents.OLD_YAML, Documents.TEXT_YAML, Documents.JSON})
    @Operation(
            summary = "Stores a manifest",
            description = "201: stored as a new version. 200: nothing new.")
    HttpResponse<String> put(
            HttpRequest<?> request,
            String lattice,
            String name,
            @QueryValue @Nullable String deploy,
            @QueryValue @Nullable String wait,
            @QueryValue @Nullable String dryRun,
            @QueryValue @Nullable String commands,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor,
            @Body @Nullable String body) {
        var app = Read.app(name);
        var asked = new Asked(Read.flag("deploy", deploy), Read.wait(wait));
        return Read.flag("dryRun", dryRun)
                ? plan(request, lattice, Optional.of(app), body, page(commands, limit, cursor))
                : store(request, Read.lattice(lattice), Optional.of(app), asked, body);
    }

    @Post
    @Consumes({Documents.YAML, Documents.OLD_YAML, Documents.TEXT_YAML, Documents.JSON})
    @Operation(
            summary = "Stores a manifest under the name it has",
            description = "201: stored as a new version. 200: nothing new.")
    HttpResponse<String> post(
            HttpRequest<?> request,
            String lattice,
            @QueryValue @Nullable String deploy,
            @QueryValue @Nullable String wait,
            @QueryValue @Nullable String dryRun,
            @QueryValue @Nullable String commands,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor,
            @Body @Nullable String body) {
        var asked = new Asked(Read.flag("deploy", deploy), Read.wait(wait));
        return Read.flag("dryRun", dryRun)
                ? plan(request, lattice, Optional.empty(), body, page(commands, limit, cursor))
                : store(request, Read.lattice(lattice), Optional.empty(), asked, body);
    }

    private static Optional<Page> page(
            @Nullable String commands, @Nullable String limit, @Nullable String cursor) {
        var page = Read.page(limit, cursor);
        return Read.flag("commands", commands) ? Optional.of(page) : Optional.empty();
    }

    private static ParseResult.Accepted accepted(
            HttpRequest<?> request, byte[] document, Optional<AppName> name) {
        var accepted = Documents.accepted(request, document);
        name.ifPresent(app -> Documents.checkName(app.value(), accepted));
        return accepted;
    }

    /** Stores nothing, but refuses what a put would refuse. */
    private HttpResponse<String> plan(
            HttpRequest<?> request,
            String lattice,
            Optional<AppName> name,
            @Nullable String body,
            Optional<Page> commands) {
        var in = Read.lattice(lattice);
        var manifest = accepted(request, Documents.body(Read.bytes(body)), name).manifest();
        var app = new AppName(manifest.name());
        var stored = apps.find(in, app);
        if (!Read.precondition(request).holds(stored)) {
            throw Problem.preconditionFailed().toException();
        }
        var candidate = plans.candidate(stored, manifest);
        var exists =
                stored.isPresent()
                        && candidate.n().isEmpty()
                        && manifest.version()
                                .flatMap(v ->
                                        AppRepository.chosen(stored.get().record(), Optional.of(v)))
                                .isPresent();
        if (exists) {
            throw versionExists(candidate.version()).toException();
        }
        return Replies.ok(plans.plan(in, app, stored, candidate, commands));
    }

    private static Problem versionExists(String version) {
        return Problem.conflict(
                "VersionExists", "version %s is stored with other content".formatted(version));
    }

    /** What is to be done besides storing. */
    private record Asked(boolean deploys, Optional<Duration> limit) {}

    private HttpResponse<String> store(
            HttpRequest<?> request,
            LatticeName lattice,
            Optional<AppName> name,
            Asked asked,
            @Nullable String body) {
        var precondition = Read.precondition(request);
        var bytes = Documents.body(Read.bytes(body));
        var accepted = accepted(request, bytes, name);
        var document = Documents.document(request, bytes);
        var result = apps.put(lattice, accepted.manifest(), document, precondition, By.of(request));
        return switch (result) {
            case PutResult.Created(var app, var version) ->
                    stored(request, new Stored(app, version, true), accepted, asked);
            case PutResult.Unchanged(var app, var version) ->
                    stored(request, new Stored(app, version, false), accepted, asked);
            case PutResult.VersionExists(var version) -> throw versionExists(version).toException();
            case PutResult.PreconditionFailed() -> throw Problem.preconditionFailed().toException();
            case PutResult.TooLarge(var size) ->
                    throw Problem.of(
                                    HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                                    "TooLarge",
                                    "compressed it has %d bytes, more than NATS takes in one message"
                                            .formatted(size))
                            .toException();
        };
    }

    private record Stored(StoredApp app, AppRecord.Version version, boolean created) {
        String location() {
            var record = app.record();
            return "/api/v1/lattices/%s/apps/%s?version=%s"
                    .formatted(
                            record.lattice(),
                            record.name(),
                            URLEncoder.encode(version.version(), StandardCharsets.UTF_8));
        }
    }

    private HttpResponse<String> stored(
            HttpRequest<?> request, Stored stored, ParseResult.Accepted accepted, Asked asked) {
        tell(request, stored);
        var now = asked.deploys() ? deployed(request, stored) : stored.app();
        if (asked.deploys() && asked.limit().isPresent()) {
            return outcomes.await(now, stored.version(), asked.limit().get())
                    .header(HttpHeaders.LOCATION, stored.location());
        }
        var response =
                Replies.json(
                        stored.created() ? HttpStatus.CREATED : HttpStatus.OK,
                        json(now, stored, accepted.warnings()));
        return Replies.tagged(response, now.record().revision())
                .header(HttpHeaders.LOCATION, stored.location());
    }

    private void tell(HttpRequest<?> request, Stored stored) {
        if (stored.created()) {
            tell(request, stored, "put " + stored.version().version());
        }
    }

    private void tell(HttpRequest<?> request, Stored stored, String message) {
        var record = stored.app().record();
        history.app(
                request,
                record.lattice(),
                record.name(),
                Optional.of(stored.version().version()),
                "",
                message);
    }

    /** A refused deploy says that the version is stored all the same. */
    private StoredApp deployed(HttpRequest<?> request, Stored stored) {
        var record = stored.app().record();
        try {
            var result =
                    apps.deploy(
                            record.lattice(),
                            record.name(),
                            Optional.of(stored.version().version()),
                            false,
                            Precondition.NONE);
            var done = Replies.done(record.lattice(), record.name(), result);
            if (done.changed()) {
                tell(request, stored, "deploy " + stored.version().version());
            }
            return done.app();
        } catch (ProblemException refused) {
            refused.problem()
                    .extra()
                    .put("stored", true)
                    .put("version", stored.version().version())
                    .put("location", stored.location());
            throw refused;
        }
    }

    private static ObjectNode json(StoredApp now, Stored stored, List<ManifestProblem> warnings) {
        var record = now.record();
        var json =
                Json.object()
                        .put("app", record.name().value())
                        .put("version", stored.version().version())
                        .put("n", stored.version().n())
                        .put("hash", stored.version().hash())
                        .put("created", stored.created());
        Json.put(json, "deployedVersion", record.deployedVersion().map(AppRecord.Version::version));
        ManifestView.problems(json.putArray("warnings"), warnings);
        return json;
    }
}
