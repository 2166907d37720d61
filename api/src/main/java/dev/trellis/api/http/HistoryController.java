package dev.trellis.api.http;

import dev.trellis.api.history.HistoryReader;
import dev.trellis.api.history.HistoryReader.Numbered;
import dev.trellis.api.store.AppRepository;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was done to an app. */
@Controller("/api/v1/lattices/{lattice}/apps/{name}/history")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "See")
public class HistoryController {
    private final HistoryReader history;
    private final AppRepository apps;

    HistoryController(HistoryReader history, AppRepository apps) {
        this.history = history;
        this.apps = apps;
    }

    @Get
    @Operation(
            summary = "Tells what was done, when, by whom and why",
            description = "Newest first, in pages; also of an app that is deleted.")
    HttpResponse<String> history(
            String lattice,
            String name,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        var page = Read.page(limit, cursor);
        var entries = history.newestFirst(in, app);
        if (entries.isEmpty() && apps.find(in, app).isEmpty()) {
            throw Replies.noApp(in, app).toException();
        }
        return Replies.ok(page.of(entries, HistoryController::key, Numbered::json));
    }

    /** Sorts newest first, as the pages go. */
    private static String key(Numbered entry) {
        return "%019d".formatted(Long.MAX_VALUE - entry.sequence());
    }
}
