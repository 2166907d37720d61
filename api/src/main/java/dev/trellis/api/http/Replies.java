package dev.trellis.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.ApiSettings;
import dev.trellis.api.ask.Answer;
import dev.trellis.api.ask.OwnerAsk;
import dev.trellis.api.ask.Question;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.ChangeResult;
import dev.trellis.api.store.Refusals;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Makes answers of results. */
@Singleton
final class Replies {
    private final OwnerAsk owner;
    private final ApiSettings settings;

    Replies(OwnerAsk owner, ApiSettings settings) {
        this.owner = owner;
        this.settings = settings;
    }

    static MutableHttpResponse<String> json(HttpStatus status, JsonNode json) {
        return HttpResponse.<String>status(status)
                .body(Json.text(json))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    static MutableHttpResponse<String> ok(JsonNode json) {
        return json(HttpStatus.OK, json);
    }

    static MutableHttpResponse<String> tagged(MutableHttpResponse<String> response, long revision) {
        return response.header(HttpHeaders.ETAG, Read.etag(revision));
    }

    /** What the owner says, or the problem that ends the request. */
    ObjectNode ask(LatticeName lattice, Question question, Problem unknown) {
        return switch (owner.ask(lattice, question)) {
            case Answer.Found(var json) -> json;
            case Answer.Unknown() -> throw unknown.toException();
            case Answer.Unreachable() ->
                    throw Problem.ownerUnreachable(lattice.value(), settings.retryAfter())
                            .toException();
        };
    }

    /** Right after the start not all that is stored may be known yet. */
    void awaitCatalog(AppCatalog catalog) {
        if (!catalog.awaitCurrent(settings.askTimeout())) {
            throw Problem.storeUnavailable(settings.retryAfter()).toException();
        }
    }

    static Problem noApp(LatticeName lattice, AppName app) {
        return Problem.notFound("AppNotFound", "no app %s in lattice %s".formatted(app, lattice));
    }

    static Problem noHost(LatticeName lattice, String host) {
        return Problem.notFound(
                "HostNotFound", "no host %s in lattice %s".formatted(host, lattice));
    }

    static Problem noVersion(AppName app, String version) {
        return Problem.notFound(
                "VersionNotFound", "app %s has no version %s".formatted(app, version));
    }

    /** The change as made, or the problem that it came to. */
    static ChangeResult.Done done(LatticeName lattice, AppName app, ChangeResult result) {
        return switch (result) {
            case ChangeResult.Done done -> done;
            case ChangeResult.Deleted _ -> throw new IllegalStateException("not asked to delete");
            case ChangeResult.NoApp() -> throw noApp(lattice, app).toException();
            case ChangeResult.NoVersion(var version) -> throw noVersion(app, version).toException();
            case ChangeResult.PreconditionFailed() ->
                    throw Problem.preconditionFailed().toException();
            case ChangeResult.Rejected _ ->
                    throw Problem.conflict("RevisionRejected", Refusals.sentence(result))
                            .toException();
            case ChangeResult.Claimed(var other, var what) -> {
                var problem = Problem.conflict("Claimed", Refusals.sentence(result));
                problem.extra().put("app", other).put("claim", what);
                throw problem.toException();
            }
            case ChangeResult.NotAllowed(var status, var code, var detail) ->
                    throw Problem.of(HttpStatus.valueOf(status), code, detail).toException();
            case ChangeResult.SharedMissing(var lacks) -> {
                var problem = Problem.conflict("SharedMissing", Refusals.sentence(result));
                var missing = problem.extra().putArray("missing");
                for (var lack : lacks) {
                    missing.addObject()
                            .put("component", lack.component())
                            .put("app", lack.app())
                            .put("reason", lack.why());
                }
                throw problem.toException();
            }
            case ChangeResult.HasDependents(var _, var dependents) -> {
                var problem = Problem.conflict("HasDependents", Refusals.sentence(result));
                var items = problem.extra().putArray("dependents");
                for (var dependent : dependents) {
                    var uses = items.addObject().put("app", dependent.app()).putArray("uses");
                    dependent.components().forEach(uses::add);
                }
                throw problem.toException();
            }
        };
    }
}
