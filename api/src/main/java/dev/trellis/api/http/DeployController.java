package dev.trellis.api.http;

import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.ChangeResult;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.wanted.AppRecord;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wished of a stored app. */
@Controller("/api/v1/lattices/{lattice}/apps/{name}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Idempotent
@Consumes(MediaType.ALL)
@Tag(name = "Deploy")
public class DeployController {
    private final AppRepository apps;
    private final Outcomes outcomes;
    private final Summaries summaries;
    private final VerbHistory history;
    private final Plans plans;

    private record Wish(Optional<String> version, boolean retry) {}

    DeployController(
            AppRepository apps,
            Outcomes outcomes,
            Summaries summaries,
            VerbHistory history,
            Plans plans) {
        this.apps = apps;
        this.outcomes = outcomes;
        this.summaries = summaries;
        this.history = history;
        this.plans = plans;
    }

    @Post("/deploy")
    @Operation(
            summary = "Makes a version the desired one",
            description = "202: stored, not running. 200: it is deployed already.")
    HttpResponse<String> deploy(
            HttpRequest<?> request,
            String lattice,
            String name,
            @QueryValue @Nullable String wait,
            @QueryValue @Nullable String force,
            @QueryValue @Nullable String planHash,
            @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var limit = Read.wait(wait);
        var wish = Read.body(request, body, b -> new Wish(b.text("version"), b.flag("retry")));
        var version = wish.version().flatMap(Read::version);
        if (planHash != null) {
            checkPlan(in, app, version, planHash);
        }
        var result =
                apps.deploy(
                        in,
                        app,
                        version,
                        wish.retry(),
                        Read.flag("force", force),
                        Read.precondition(request));
        var done = Replies.done(in, app, result);
        var target = done.version().orElseThrow();
        tell(request, done, "", "deploy " + target.version());
        if (limit.isPresent()) {
            return outcomes.await(done.app(), target, limit.get());
        }
        return answer(done, settled(done) ? HttpStatus.OK : HttpStatus.ACCEPTED);
    }

    @Post("/undeploy")
    @Operation(
            summary = "Stops and removes everything the app owns",
            description = "With orphan it is left running and belongs to no app.")
    HttpResponse<String> undeploy(
            HttpRequest<?> request,
            String lattice,
            String name,
            @QueryValue @Nullable String force,
            @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        boolean orphan = Read.body(request, body, b -> b.flag("orphan"));
        var result =
                apps.undeploy(
                        in, app, orphan, Read.flag("force", force), Read.precondition(request));
        var done = Replies.done(in, app, result);
        tell(request, done, "", orphan ? "undeploy, leaving it running" : "undeploy");
        var json = Json.object().put("app", name);
        Json.put(json, "from", done.from().map(AppRecord.Version::version));
        var status = done.changed() ? HttpStatus.ACCEPTED : HttpStatus.OK;
        return Replies.tagged(Replies.json(status, json), done.app().record().revision());
    }

    @Post("/hold")
    @Operation(summary = "Observes and says, sends nothing for this app")
    HttpResponse<String> hold(
            HttpRequest<?> request, String lattice, String name, @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var reason = Read.reason(request, body);
        var result = apps.hold(in, app, By.of(request), reason, Read.precondition(request));
        var done = Replies.done(in, app, result);
        tell(request, done, reason, "hold");
        var json = Json.object().put("app", name);
        Json.hold(json, done.app().record().hold());
        return Replies.tagged(Replies.ok(json), done.app().record().revision());
    }

    @Post("/release")
    @Operation(summary = "Goes on")
    HttpResponse<String> release(
            HttpRequest<?> request, String lattice, String name, @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var reason = Read.reason(request, body);
        var done = Replies.done(in, app, apps.release(in, app, Read.precondition(request)));
        tell(request, done, reason, "release");
        var json = Json.object().put("app", name);
        return Replies.tagged(Replies.ok(json), done.app().record().revision());
    }

    private void checkPlan(
            LatticeName lattice, AppName app, Optional<String> version, String planHash) {
        var record =
                apps.find(lattice, app)
                        .orElseThrow(() -> Replies.noApp(lattice, app).toException())
                        .record();
        var target =
                AppRepository.chosen(record, version)
                        .orElseThrow(() ->
                                Replies.noVersion(app, version.orElse("latest")).toException());
        plans.check(lattice, app, plans.candidate(record, target), planHash);
    }

    private void tell(
            HttpRequest<?> request, ChangeResult.Done done, String reason, String message) {
        if (done.changed()) {
            var record = done.app().record();
            history.app(
                    request,
                    record.lattice(),
                    record.name(),
                    done.version().map(AppRecord.Version::version),
                    reason,
                    message);
        }
    }

    private boolean settled(ChangeResult.Done done) {
        return !done.changed() && summaries.phase(done.app().record()).equals("Deployed");
    }

    private static HttpResponse<String> answer(ChangeResult.Done done, HttpStatus status) {
        var record = done.app().record();
        var json = Json.object().put("app", record.name().value());
        Json.put(json, "version", done.version().map(AppRecord.Version::version));
        Json.put(json, "from", done.from().map(AppRecord.Version::version));
        return Replies.tagged(Replies.json(status, json), record.revision());
    }
}
