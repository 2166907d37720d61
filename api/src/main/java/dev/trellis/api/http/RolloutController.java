package dev.trellis.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.ChangeResult;
import dev.trellis.api.store.RolloutRepository;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.Json;
import dev.trellis.api.view.RolloutView;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.rollout.FrozenPolicy;
import dev.trellis.scheduler.rollout.Intent;
import dev.trellis.scheduler.rollout.RolloutPhase;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageApproval;
import dev.trellis.scheduler.rollout.Verb;
import dev.trellis.scheduler.wanted.AppRecord;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rollouts of apps with a policy, the verbs on them, and the ways back. */
@Controller("/api/v1/lattices/{lattice}/apps/{name}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.ALL)
@Tag(name = "Rollouts")
public class RolloutController {
    private static final String APPROVE = "approve";
    private static final String RETRY = "retry";

    private final AppRepository apps;
    private final RolloutRepository rollouts;
    private final Outcomes outcomes;
    private final VerbHistory history;
    private final InstantSource clock = InstantSource.system();

    private record Said(
            Optional<String> stage,
            String reason,
            boolean full,
            boolean force,
            Optional<JsonNode> policy) {}

    RolloutController(
            AppRepository apps,
            RolloutRepository rollouts,
            Outcomes outcomes,
            VerbHistory history) {
        this.apps = apps;
        this.rollouts = rollouts;
        this.outcomes = outcomes;
        this.history = history;
    }

    @Get("/rollout")
    @Operation(summary = "The rollout under way, or the last one")
    HttpResponse<String> rollout(String lattice, String name) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        return Replies.ok(RolloutView.of(found(in, app).record(), last(in, app)));
    }

    @Get("/rollouts/{id}")
    @Operation(summary = "A rollout by its id, the last one only")
    HttpResponse<String> rollout(String lattice, String name, String id) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var stored = found(in, app).record();
        var rollout =
                rollouts.find(in, app)
                        .filter(r -> r.id().equals(id))
                        .orElseThrow(() ->
                                Problem.notFound(
                                                "RolloutNotFound",
                                                "app %s has no rollout %s".formatted(app, id))
                                        .toException());
        return Replies.ok(RolloutView.of(stored, rollout));
    }

    @Post("/rollout/{verb}")
    @Operation(
            summary = "Asks something of the rollout under way",
            description =
                    "pause, resume, approve, promote, abort, halt, retry or amend. 202: recorded,"
                            + " applied once by the loop.")
    HttpResponse<String> verb(
            HttpRequest<?> request,
            String lattice,
            String name,
            String verb,
            @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var stored = found(in, app);
        var said =
                Read.body(
                        request,
                        body,
                        b ->
                                new Said(
                                        b.text("stage"),
                                        b.text("reason").orElse(""),
                                        b.flag("full"),
                                        b.flag("force"),
                                        b.json("policy")));
        var rollout = rolling(in, app);
        var message =
                switch (verb) {
                    case APPROVE -> approve(request, in, app, rollout, said);
                    case RETRY -> retry(request, in, app, rollout);
                    default ->
                            intent(
                                    request,
                                    in,
                                    app,
                                    rollout,
                                    Verb.of(verb)
                                            .filter(v -> v != Verb.UNDEPLOY)
                                            .orElseThrow(() -> unknown(verb)),
                                    said);
                };
        var record = stored.record();
        var version = record.version(rollout.to().n()).map(AppRecord.Version::version);
        history.app(request, in, app, version, said.reason(), "rollout " + verb);
        var json =
                Json.object()
                        .put("rollout", rollout.id())
                        .put("verb", verb)
                        .put("message", message);
        return Replies.json(HttpStatus.ACCEPTED, json);
    }

    private static ProblemException unknown(String verb) {
        return Problem.notFound(
                        "VerbNotFound",
                        "no verb "
                                + verb
                                + ": expected pause, resume, approve, promote, abort, halt, retry"
                                + " or amend")
                .toException();
    }

    private String approve(
            HttpRequest<?> request,
            LatticeName lattice,
            AppName app,
            RolloutRecord rollout,
            Said said) {
        fits(!rollout.phase().isTerminal(), rollout, APPROVE);
        int stage = stage(rollout, said.stage());
        var approval = new StageApproval(By.of(request), clock.instant(), said.reason());
        var kept = rollouts.approve(lattice, app, rollout.id(), stage, approval);
        return "stage %s is approved by %s".formatted(rollout.plan().get(stage).name(), kept.by());
    }

    /** The one named, or the one under way. */
    private static int stage(RolloutRecord rollout, Optional<String> name) {
        var plan = rollout.plan();
        if (name.isEmpty()) {
            return Math.min(Math.max(rollout.stage(), 0), plan.size() - 1);
        }
        for (int k = 0; k < plan.size(); k++) {
            if (plan.get(k).name().equals(name.get())) {
                return k;
            }
        }
        throw Problem.of(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "InvalidBody",
                        "stage: no stage " + name.get() + " in rollout " + rollout.id())
                .toException();
    }

    /** A new rollout of the same candidate, from the first stage. */
    private String retry(
            HttpRequest<?> request, LatticeName lattice, AppName app, RolloutRecord rollout) {
        boolean over =
                rollout.phase() == RolloutPhase.ROLLED_BACK
                        || rollout.phase() == RolloutPhase.HALTED;
        fits(over, rollout, RETRY);
        var record = found(lattice, app).record();
        var candidate = record.version(rollout.to().n()).map(AppRecord.Version::version);
        var result =
                apps.deploy(
                        lattice,
                        app,
                        Optional.of(
                                candidate.orElseThrow(() ->
                                        Replies.noVersion(app, rollout.to().label())
                                                .toException())),
                        true,
                        Read.precondition(request));
        var done = Replies.done(lattice, app, result);
        return "rollout " + done.app().record().rolloutId() + " begins";
    }

    private String intent(
            HttpRequest<?> request,
            LatticeName lattice,
            AppName app,
            RolloutRecord rollout,
            Verb verb,
            Said said) {
        fits(!rollout.phase().isTerminal(), rollout, verb.word());
        fits(verb != Verb.RESUME || rollout.paused(), rollout, "resume, it is not paused");
        var key = request.getHeaders().get("Idempotency-Key");
        var intent =
                new Intent(
                        key == null || key.isBlank() ? UUID.randomUUID().toString() : key,
                        verb,
                        said.full(),
                        amended(rollout, verb, said),
                        said.force(),
                        By.of(request),
                        clock.instant(),
                        said.reason(),
                        Optional.empty());
        if (verb == Verb.PROMOTE && said.full() && said.reason().isEmpty()) {
            throw Problem.of(
                            HttpStatus.UNPROCESSABLE_ENTITY,
                            "InvalidBody",
                            "reason: a full promote needs one")
                    .toException();
        }
        var with =
                rollouts.append(lattice, app, rollout.id(), intent)
                        .orElseThrow(() -> nothingRolls(app));
        var result =
                with.intents().stream()
                        .filter(i -> i.id().equals(intent.id()))
                        .findFirst()
                        .flatMap(Intent::result);
        boolean waits = rollout.paused() && verb == Verb.PROMOTE;
        return result.orElse(
                waits
                        ? "recorded; the rollout is paused: takes effect on resume"
                        : "recorded, applied once by the loop");
    }

    private static Optional<FrozenPolicy> amended(RolloutRecord rollout, Verb verb, Said said) {
        if (verb != Verb.AMEND) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    FrozenPolicy.of(
                            rollout.policy().name(),
                            said.policy()
                                    .orElseThrow(() -> new IllegalArgumentException("missing"))));
        } catch (IllegalArgumentException wrong) {
            throw Problem.of(
                            HttpStatus.UNPROCESSABLE_ENTITY,
                            "InvalidBody",
                            "policy: " + wrong.getMessage())
                    .toException();
        }
    }

    private static void fits(boolean allowed, RolloutRecord rollout, String verb) {
        if (!allowed) {
            throw Problem.conflict(
                            "NotInThisPhase",
                            "rollout %s is %s: can't %s"
                                    .formatted(rollout.id(), rollout.phase().word(), verb))
                    .toException();
        }
    }

    @Get("/rejected")
    @Operation(summary = "Content that rollbacks put in quarantine")
    HttpResponse<String> rejected(String lattice, String name) {
        var in = Read.lattice(lattice);
        var stored = found(in, Read.app(name)).record();
        var json = Json.object();
        var items = json.putArray("items");
        for (var hash : stored.rejected()) {
            var item = items.addObject().put("hash", hash);
            stored.versions().stream()
                    .filter(v -> v.hash().equals(hash))
                    .findFirst()
                    .ifPresent(v -> item.put("version", v.version()));
        }
        return Replies.tagged(Replies.ok(json), stored.revision());
    }

    @Delete("/rejected/{hash}")
    @Idempotent
    @Operation(summary = "Takes content out of quarantine")
    HttpResponse<String> unreject(
            HttpRequest<?> request, String lattice, String name, String hash) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var result = apps.unreject(in, app, hash, Read.precondition(request));
        var done = Replies.done(in, app, result);
        history.app(request, in, app, Optional.empty(), "", "unreject " + hash);
        var json = Json.object().put("app", name).put("hash", hash);
        return Replies.tagged(Replies.ok(json), done.app().record().revision());
    }

    @Post("/rollback")
    @Idempotent
    @Operation(summary = "Back to the last version that succeeded, or to the one named")
    HttpResponse<String> rollback(
            HttpRequest<?> request,
            String lattice,
            String name,
            @QueryValue @Nullable String wait,
            @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var limit = Read.wait(wait);
        record Wish(Optional<String> version, String reason) {}
        var wish =
                Read.body(
                        request,
                        body,
                        b -> new Wish(b.text("version"), b.text("reason").orElse("")));
        var result =
                apps.rollback(
                        in, app, wish.version().flatMap(Read::version), Read.precondition(request));
        var done = Replies.done(in, app, result);
        var target = done.version().orElseThrow();
        history.app(
                request,
                in,
                app,
                Optional.of(target.version()),
                wish.reason(),
                "rollback to " + target.version());
        return limit.isPresent() ? outcomes.await(done.app(), target, limit.get()) : answer(done);
    }

    @Post("/restart")
    @Idempotent
    @Operation(summary = "Moves every host through stop and start")
    HttpResponse<String> restart(
            HttpRequest<?> request,
            String lattice,
            String name,
            @QueryValue @Nullable String wait,
            @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var limit = Read.wait(wait);
        var reason = Read.reason(request, body);
        var done = Replies.done(in, app, apps.restart(in, app, Read.precondition(request)));
        var target = done.version().orElseThrow();
        history.app(request, in, app, Optional.of(target.version()), reason, "restart");
        return limit.isPresent() ? outcomes.await(done.app(), target, limit.get()) : answer(done);
    }

    private HttpResponse<String> answer(ChangeResult.Done done) {
        var record = done.app().record();
        var json = Json.object().put("app", record.name().value());
        Json.put(json, "version", done.version().map(AppRecord.Version::version));
        Json.put(json, "from", done.from().map(AppRecord.Version::version));
        var status = done.changed() ? HttpStatus.ACCEPTED : HttpStatus.OK;
        return Replies.tagged(Replies.json(status, json), record.revision());
    }

    private StoredApp found(LatticeName lattice, AppName app) {
        return apps.find(lattice, app).orElseThrow(() -> Replies.noApp(lattice, app).toException());
    }

    private RolloutRecord last(LatticeName lattice, AppName app) {
        return rollouts.find(lattice, app).orElseThrow(() -> noRollout(app).toException());
    }

    /** A verb needs something to speak to: without it the state is in the way, not the address. */
    private RolloutRecord rolling(LatticeName lattice, AppName app) {
        return rollouts.find(lattice, app).orElseThrow(() -> nothingRolls(app));
    }

    private static ProblemException nothingRolls(AppName app) {
        return Problem.conflict("NoRollout", "app %s has no rollout".formatted(app)).toException();
    }

    private static Problem noRollout(AppName app) {
        return Problem.notFound("NoRollout", "app %s has no rollout".formatted(app));
    }
}
