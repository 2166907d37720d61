package dev.trellis.api.http;

import dev.trellis.api.ask.Question;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.Json;
import dev.trellis.api.view.Page;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner.Candidate;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What would be done, why it is as it is, and evening it out once. */
@Controller("/api/v1/lattices/{lattice}/apps/{name}")
@ExecuteOn(TaskExecutors.BLOCKING)
public class PlanController {
    private final AppRepository apps;
    private final Plans plans;
    private final Replies replies;
    private final VerbHistory history;

    PlanController(AppRepository apps, Plans plans, Replies replies, VerbHistory history) {
        this.apps = apps;
        this.plans = plans;
        this.replies = replies;
        this.history = history;
    }

    @Post("/plan")
    @Consumes({Documents.YAML, Documents.OLD_YAML, Documents.TEXT_YAML, Documents.JSON})
    @Tag(name = "Deploy")
    @Operation(
            summary = "Tells what deploying the body would do",
            description = "Or, where the body is empty, the latest version. Nothing is stored.")
    HttpResponse<String> plan(
            HttpRequest<?> request,
            String lattice,
            String name,
            @QueryValue @Nullable String commands,
            @QueryValue @Nullable String hosts,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor,
            @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var page = page(commands, limit, cursor);
        var withHosts = Read.flag("hosts", hosts);
        var stored = apps.find(in, app);
        var plan = plans.plan(in, app, stored, candidate(request, in, app, stored, body), page);
        if (withHosts && !plan.has("hosts")) {
            plan.putObject("hosts").putArray("items"); // without a policy no host has a stage
        }
        return Replies.ok(plan);
    }

    private Candidate candidate(
            HttpRequest<?> request,
            LatticeName lattice,
            AppName app,
            Optional<StoredApp> stored,
            @Nullable String body) {
        if (body == null || body.isBlank()) {
            var record =
                    stored.orElseThrow(() -> Replies.noApp(lattice, app).toException()).record();
            return plans.candidate(record, record.latest());
        }
        var accepted = Documents.accepted(request, Documents.body(Read.bytes(body)));
        Documents.checkName(app.value(), accepted);
        return plans.candidate(stored, accepted.manifest());
    }

    @Post("/rebalance")
    @Consumes(MediaType.ALL)
    @Idempotent
    @Tag(name = "Deploy")
    @Operation(
            summary = "Evens out placement once",
            description = "Whatever the app's own rules say. 202: noted by the owner.")
    HttpResponse<String> rebalance(
            HttpRequest<?> request,
            String lattice,
            String name,
            @QueryValue @Nullable String dryRun,
            @QueryValue @Nullable String commands,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor,
            @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        boolean dry = Read.flag("dryRun", dryRun);
        var page = page(commands, limit, cursor);
        var reason = Read.reason(request, body);
        var stored = apps.find(in, app).orElseThrow(() -> Replies.noApp(in, app).toException());
        if (!Read.precondition(request).holds(stored.record().revision())) {
            throw Problem.preconditionFailed().toException();
        }
        var notDeployed = Problem.conflict("NotDeployed", "app %s is not deployed".formatted(app));
        if (stored.record().deployed().isEmpty()) {
            throw notDeployed.toException();
        }
        if (dry) {
            var question = new Question.PlanRebalance(name, page);
            return Replies.ok(Plans.bound(replies.ask(in, question, notDeployed), page));
        }
        var _ = replies.ask(in, new Question.Rebalance(name), notDeployed);
        history.app(request, in, app, Optional.empty(), reason, "rebalance");
        var json = Json.object().put("app", name).put("message", "noted");
        return Replies.tagged(Replies.json(HttpStatus.ACCEPTED, json), stored.record().revision());
    }

    @Get("/explain")
    @Tag(name = "See")
    @Operation(
            summary = "Tells why an app is as it is",
            description = "With a host: also what that host has to do with it.")
    HttpResponse<String> explain(String lattice, String name, @QueryValue @Nullable String host) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var asked = Optional.ofNullable(host).map(id -> Read.host(id).value());
        var stored = apps.find(in, app).orElseThrow(() -> Replies.noApp(in, app).toException());
        var nothing = Problem.conflict("NotDeployed", "app %s is not deployed".formatted(app));
        var json = replies.ask(in, new Question.Explain(name, asked), nothing);
        if (asked.isPresent() && !json.has("host")) {
            throw Replies.noHost(in, asked.get()).toException();
        }
        return Replies.tagged(Replies.ok(json), stored.record().revision());
    }

    private static Optional<Page> page(
            @Nullable String commands, @Nullable String limit, @Nullable String cursor) {
        var page = Read.page(limit, cursor);
        return Read.flag("commands", commands) ? Optional.of(page) : Optional.empty();
    }
}
