package dev.trellis.api.http;

import dev.trellis.api.ApiSettings;
import dev.trellis.api.ask.Question;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.check.Rule;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.CommandBus.Answer;
import dev.trellis.scheduler.port.HostLabels;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Labels of a live host. They last until it stops. */
@Controller("/api/v1/lattices/{lattice}/hosts/{id}/labels/{key}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Idempotent
@Tag(name = "Lattices and hosts")
public class LabelsController {
    private static final int LONGEST_KEY = 256;
    private static final String BUILT_IN = "hostcore.";

    private final HostLabels labels;
    private final Replies replies;
    private final VerbHistory history;
    private final ApiSettings settings;

    LabelsController(
            HostLabels labels, Replies replies, VerbHistory history, ApiSettings settings) {
        this.labels = labels;
        this.replies = replies;
        this.history = history;
        this.settings = settings;
    }

    @Put
    @Consumes(Documents.JSON)
    @Operation(
            summary = "Sets a label of a live host",
            description = "Until the host stops; then it has those that it is started with.")
    HttpResponse<String> put(
            HttpRequest<?> request,
            String lattice,
            String id,
            String key,
            @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var host = Read.host(id);
        checkKey(key);
        var value = Read.body(request, body, LabelsController::value);
        known(in, host);
        await(in, host, whenAnswered -> labels.put(in, host, key, value, whenAnswered));
        history.host(request, in, host, "", "label %s=%s".formatted(key, value));
        return Replies.ok(Json.object().put("host", id).put("key", key).put("value", value));
    }

    @Delete
    @Operation(summary = "Removes a label of a live host")
    HttpResponse<String> delete(HttpRequest<?> request, String lattice, String id, String key) {
        var in = Read.lattice(lattice);
        var host = Read.host(id);
        checkKey(key);
        known(in, host);
        await(in, host, whenAnswered -> labels.delete(in, host, key, whenAnswered));
        history.host(request, in, host, "", "label " + key + " removed");
        return Replies.ok(Json.object().put("host", id).put("key", key));
    }

    private static String value(dev.trellis.api.body.Body body) {
        var value = body.text("value");
        if (value.isEmpty()) {
            body.wrongly("value", Rule.WRONG_TYPE, "a text");
        }
        return value.orElse("");
    }

    /** A host takes the removal of its own labels, which it then lacks until it starts again. */
    private static void checkKey(String key) {
        boolean usable =
                !key.isBlank()
                        && key.length() <= LONGEST_KEY
                        && key.chars().noneMatch(Character::isISOControl);
        if (!usable) {
            throw Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "InvalidName",
                            "label: expected a key of 1 to %d characters".formatted(LONGEST_KEY))
                    .toException();
        }
        if (key.toLowerCase(Locale.ROOT).startsWith(BUILT_IN)) {
            throw Problem.of(
                            HttpStatus.UNPROCESSABLE_ENTITY,
                            "LabelRefused",
                            "labels that start with hostcore. are the host's own")
                    .toException();
        }
    }

    private void known(LatticeName lattice, HostId host) {
        var _ =
                replies.ask(
                        lattice,
                        new Question.Host(host.value()),
                        Replies.noHost(lattice, host.value()));
    }

    private void await(LatticeName lattice, HostId host, Consumer<Consumer<Answer>> send) {
        var answered = new CompletableFuture<Answer>();
        send.accept(answered::complete);
        switch (answered.join()) {
            case Answer.Accepted _ -> {}
            case Answer.Refused(var message) ->
                    throw Problem.of(HttpStatus.UNPROCESSABLE_ENTITY, "LabelRefused", message)
                            .toException();
            case Answer.NoResponders() -> throw Replies.noHost(lattice, host.value()).toException();
            case Answer.Unanswered() ->
                    throw Problem.of(
                                    HttpStatus.SERVICE_UNAVAILABLE,
                                    "HostSilent",
                                    "host %s did not answer in time; it may have done it"
                                            .formatted(host))
                            .retryAfter(settings.retryAfter())
                            .toException();
        }
    }
}
