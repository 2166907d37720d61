package dev.trellis.api.http;

import dev.trellis.api.ask.Question;
import dev.trellis.api.store.AppRepository;
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

/** What is seen of an app. */
@Controller("/api/v1/lattices/{lattice}/apps/{name}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "See")
public class StatusController {
    private final AppRepository apps;
    private final Summaries summaries;
    private final Replies replies;

    StatusController(AppRepository apps, Summaries summaries, Replies replies) {
        this.apps = apps;
        this.summaries = summaries;
        this.replies = replies;
    }

    @Get("/status")
    @Operation(
            summary = "Tells the status",
            description = "In full from the owner of the lattice; a summary on any replica.")
    HttpResponse<String> status(
            String lattice,
            String name,
            @QueryValue @Nullable String summary,
            @QueryValue @Nullable String hosts,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var page = Read.page(limit, cursor);
        boolean withHosts = Read.flag("hosts", hosts);
        boolean summarised = Read.flag("summary", summary);
        var stored = apps.find(in, app).orElseThrow(() -> Replies.noApp(in, app).toException());
        long revision = stored.record().revision();
        if (summarised) {
            return Replies.tagged(Replies.ok(summaries.app(stored)), revision);
        }
        var question = new Question.Status(name, withHosts ? Optional.of(page) : Optional.empty());
        var json = replies.ask(in, question, Replies.noApp(in, app));
        return Replies.tagged(Replies.ok(json), revision);
    }
}
