package dev.trellis.api.http;

import dev.trellis.api.view.Json;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.codec.ParseResult;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Manifests, checked and not stored. */
@Controller("/api/v1/validate")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Apps and versions")
public class ValidateController {
    @Post
    @Consumes({Documents.YAML, Documents.OLD_YAML, Documents.TEXT_YAML, Documents.JSON})
    @Operation(summary = "Checks a manifest, stores nothing")
    HttpResponse<String> validate(HttpRequest<?> request, @Body @Nullable String body) {
        var bytes = Documents.body(Read.bytes(body));
        return switch (Documents.read(request, bytes)) {
            case ParseResult.Accepted(var _, var warnings) -> answer(warnings);
            case ParseResult.Refused(var problems) -> answer(problems);
        };
    }

    private static HttpResponse<String> answer(List<ManifestProblem> found) {
        var errors = found.stream().filter(ManifestProblem::isError).toList();
        var warnings = found.stream().filter(problem -> !problem.isError()).toList();
        var json = Json.object().put("valid", errors.isEmpty());
        ManifestView.problems(json.putArray("problems"), errors);
        ManifestView.problems(json.putArray("warnings"), warnings);
        return Replies.ok(json);
    }
}
