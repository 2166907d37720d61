package dev.trellis.api.http;

import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.ChangeResult;
import dev.trellis.api.store.Revision;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.Json;
import dev.trellis.api.view.LabelFilter;
import dev.trellis.manifest.codec.ManifestWriter;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.wanted.AppRecord;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Apps and their versions, read and deleted. */
@Controller("/api/v1/lattices/{lattice}/apps")
@ExecuteOn(TaskExecutors.BLOCKING)
@Idempotent
@Tag(name = "Apps and versions")
public class AppsController {
    private final AppCatalog catalog;
    private final AppRepository apps;
    private final Summaries summaries;
    private final VerbHistory history;
    private final Replies replies;

    AppsController(
            AppCatalog catalog,
            AppRepository apps,
            Summaries summaries,
            VerbHistory history,
            Replies replies) {
        this.catalog = catalog;
        this.apps = apps;
        this.summaries = summaries;
        this.history = history;
        this.replies = replies;
    }

    @Get
    @Operation(summary = "Lists apps", description = "By name, in pages.")
    HttpResponse<String> list(
            String lattice,
            @QueryValue @Nullable String label,
            @QueryValue @Nullable String phase,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var name = Read.lattice(lattice);
        var page = Read.page(limit, cursor);
        replies.awaitCatalog(catalog);
        var filter = Optional.ofNullable(label).map(LabelFilter::parse);
        var wanted = Optional.ofNullable(phase).map(AppsController::phase);
        var found =
                catalog.apps(name).stream()
                        .filter(app ->
                                filter.map(f -> f.matches(app.about().labels())).orElse(true))
                        .filter(app ->
                                wanted.map(p -> p.equals(summaries.phase(app.record())))
                                        .orElse(true))
                        .toList();
        return Replies.ok(page.of(found, app -> app.record().name().value(), summaries::app));
    }

    @Get("/{name}")
    @Produces({Documents.YAML, Documents.JSON, Documents.OLD_YAML, Documents.TEXT_YAML})
    @Operation(summary = "Gives a manifest as it was sent", description = "The latest by default.")
    HttpResponse<String> manifest(
            HttpRequest<?> request,
            String lattice,
            String name,
            @QueryValue @Nullable String version) {
        var app = find(lattice, name);
        var record = app.record();
        var chosen = chosen(record, Read.version(version));
        var revision =
                apps.revision(record.lattice(), record.name(), chosen.n())
                        .orElseThrow(() ->
                                Replies.noVersion(record.name(), chosen.version()).toException());
        var tag = Read.etag(record.revision());
        if (tag.equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))) {
            return HttpResponse.<String>notModified().header(HttpHeaders.ETAG, tag);
        }
        var type = Documents.wanted(request).orElse(revision.document().mediaType());
        return Replies.tagged(
                HttpResponse.ok(text(revision, type)).contentType(MediaType.of(type)),
                record.revision());
    }

    @Get("/{name}/versions")
    @Operation(summary = "Lists versions", description = "In order of creation, in pages.")
    HttpResponse<String> versions(
            String lattice,
            String name,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var page = Read.page(limit, cursor);
        var record = find(lattice, name).record();
        var json =
                page.of(
                        record.versions(),
                        // fixed width, so that keys sort as numbers do
                        version -> "%010d".formatted(version.n()),
                        version -> Summaries.version(record, version));
        return Replies.tagged(Replies.ok(json), record.revision());
    }

    @Delete("/{name}")
    @Operation(
            summary = "Deletes a version, or all of them",
            description = "Deleting the deployed or the last version undeploys.")
    HttpResponse<String> delete(
            HttpRequest<?> request,
            String lattice,
            String name,
            @QueryValue @Nullable String version,
            @QueryValue @Nullable String force) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var result =
                apps.delete(
                        in,
                        app,
                        Read.version(version),
                        Read.flag("force", force),
                        Read.precondition(request));
        if (!(result instanceof ChangeResult.Deleted(var deleted, var undeployed, var left))) {
            throw new IllegalStateException(Replies.done(in, app, result).toString());
        }
        var json = Json.object().put("app", name);
        var names = json.putArray("deleted");
        deleted.forEach(v -> names.add(v.version()));
        json.put("undeployed", undeployed);
        history.app(request, in, app, Read.version(version), "", "delete " + names);
        var response = Replies.ok(json);
        return left.map(StoredApp::record)
                .map(record -> Replies.tagged(response, record.revision()))
                .orElse(response);
    }

    private StoredApp find(String lattice, String name) {
        LatticeName in = Read.lattice(lattice);
        AppName app = Read.app(name);
        return apps.find(in, app).orElseThrow(() -> Replies.noApp(in, app).toException());
    }

    private static AppRecord.Version chosen(AppRecord app, Optional<String> version) {
        return AppRepository.chosenOrDeployed(app, version)
                .orElseThrow(() ->
                        Replies.noVersion(app.name(), version.orElse("latest")).toException());
    }

    private static String text(Revision revision, String type) {
        if (type.equals(revision.document().mediaType())) {
            return revision.document().text();
        }
        var bytes =
                type.equals(Documents.YAML)
                        ? ManifestWriter.yaml(revision.manifest())
                        : ManifestWriter.json(revision.manifest());
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String phase(String text) {
        return Arrays.stream(Phase.values())
                .map(Phase::word)
                .filter(text::equals)
                .findFirst()
                .orElseThrow(() ->
                        Problem.badParameter("phase", text, "a phase, as Failed").toException());
    }
}
