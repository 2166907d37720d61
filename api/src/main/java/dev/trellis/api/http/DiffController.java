package dev.trellis.api.http;

import dev.trellis.api.store.AppRepository;
import dev.trellis.api.view.DiffView;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.diff.ManifestDiff;
import dev.trellis.scheduler.wanted.AppRecord;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What differs between two versions. */
@Controller("/api/v1/lattices/{lattice}/apps/{name}/diff")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Apps and versions")
public class DiffController {
    private final AppRepository apps;

    DiffController(AppRepository apps) {
        this.apps = apps;
    }

    @Get
    @Operation(
            summary = "Tells what differs between two versions",
            description =
                    "From the deployed version, or from nothing where none is, to the latest.")
    HttpResponse<String> diff(
            String lattice,
            String name,
            @QueryValue @Nullable String from,
            @QueryValue @Nullable String to) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var record =
                apps.find(in, app).orElseThrow(() -> Replies.noApp(in, app).toException()).record();
        var older =
                from == null
                        ? record.deployedVersion()
                        : Optional.of(version(record, Read.version(from)));
        var newer = version(record, Read.version(to));
        var manifest = manifest(record, newer);
        var diff =
                older.map(version -> ManifestDiff.between(manifest(record, version), manifest))
                        .orElseGet(() -> ManifestDiff.toFirst(manifest));
        var json = Json.object().put("app", name);
        Json.put(json, "from", older.map(AppRecord.Version::version));
        json.put("to", newer.version()).set("changes", DiffView.of(diff));
        return Replies.tagged(Replies.ok(json), record.revision());
    }

    private Manifest manifest(AppRecord record, AppRecord.Version version) {
        return apps.revision(record.lattice(), record.name(), version.n())
                .orElseThrow(
                        () -> Replies.noVersion(record.name(), version.version()).toException())
                .manifest();
    }

    private static AppRecord.Version version(AppRecord record, Optional<String> version) {
        return AppRepository.chosenOrDeployed(record, version)
                .orElseThrow(() ->
                        Replies.noVersion(record.name(), version.orElse("latest")).toException());
    }
}
