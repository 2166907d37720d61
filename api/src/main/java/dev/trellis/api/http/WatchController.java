package dev.trellis.api.http;

import dev.trellis.api.ApiSettings;
import dev.trellis.api.ask.Answer;
import dev.trellis.api.ask.OwnerAsk;
import dev.trellis.api.ask.Question;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.watch.Statuses;
import dev.trellis.api.watch.Subject;
import dev.trellis.api.watch.Watches;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.reactivestreams.Publisher;

/** What changes, as it changes. */
@Controller("/api/v1/lattices/{lattice}")
@ExecuteOn(TaskExecutors.BLOCKING)
public class WatchController {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Watches watches;
    private final AppCatalog catalog;
    private final AppRepository apps;
    private final Summaries summaries;
    private final OwnerAsk owner;
    private final ApiSettings settings;

    WatchController(
            Watches watches,
            AppCatalog catalog,
            AppRepository apps,
            Summaries summaries,
            OwnerAsk owner,
            ApiSettings settings) {
        this.watches = watches;
        this.catalog = catalog;
        this.apps = apps;
        this.summaries = summaries;
        this.owner = owner;
        this.settings = settings;
    }

    @Get("/watch")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @Tag(name = "Lattices and hosts")
    @Operation(
            summary = "Watches a lattice",
            description =
                    "Server-sent events: status (an app as in the list), rollout, command, event.")
    HttpResponse<Publisher<byte[]>> lattice(HttpRequest<?> request, String lattice) {
        var in = Read.lattice(lattice);
        return answer(request, new Subject(in, Optional.empty()), new Items(in));
    }

    @Get("/apps/{name}/watch")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @Tag(name = "See")
    @Operation(
            summary = "Watches an app",
            description = "Server-sent events: status (the full one), rollout, command, event.")
    HttpResponse<Publisher<byte[]>> app(HttpRequest<?> request, String lattice, String name) {
        var in = Read.lattice(lattice);
        var app = Read.app(name);
        if (apps.find(in, app).isEmpty()) {
            throw Replies.noApp(in, app).toException();
        }
        return answer(request, new Subject(in, Optional.of(app)), new Full(in));
    }

    private HttpResponse<Publisher<byte[]>> answer(
            HttpRequest<?> request, Subject subject, Statuses statuses) {
        var events =
                watches.watch(subject, statuses, after(request))
                        .orElseThrow(() ->
                                Problem.of(
                                                HttpStatus.TOO_MANY_REQUESTS,
                                                "TooManyWatches",
                                                "as many watches are open as may be: %d"
                                                        .formatted(settings.maxWatches()))
                                        .retryAfter(settings.retryAfter())
                                        .toException());
        return HttpResponse.ok(events)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                // a proxy in between must not gather events before it passes them on
                .header("X-Accel-Buffering", "no");
    }

    /** What is no id of ours is one that is not kept. */
    private static OptionalLong after(HttpRequest<?> request) {
        var id = request.getHeaders().get(LAST_EVENT_ID);
        if (id == null || id.isBlank()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(id.strip().matches("\\d{1,18}") ? Long.parseLong(id.strip()) : 0);
    }

    /** Items of the list, from what is in memory here. */
    private final class Items implements Statuses {
        private final LatticeName lattice;

        Items(LatticeName lattice) {
            this.lattice = lattice;
        }

        @Override
        public List<AppName> apps() {
            return catalog.apps(lattice).stream().map(app -> app.record().name()).toList();
        }

        @Override
        public Seen of(AppName app) {
            return catalog.app(lattice, app)
                    .<Seen>map(stored -> new Seen.Status(summaries.app(stored)))
                    .orElseGet(Seen.NoSuchApp::new);
        }
    }

    /** Full statuses, from the owner. */
    private final class Full implements Statuses {
        private final LatticeName lattice;

        Full(LatticeName lattice) {
            this.lattice = lattice;
        }

        @Override
        public List<AppName> apps() {
            return List.of();
        }

        @Override
        public Seen of(AppName app) {
            var question = new Question.Status(app.value(), Optional.empty());
            return switch (owner.ask(lattice, question)) {
                case Answer.Found(var json) -> new Seen.Status(json);
                case Answer.Unknown() -> gone(app);
                case Answer.Unreachable() -> new Seen.Unknown();
            };
        }

        /** The owner may not have looked at a new app yet. */
        private Seen gone(AppName app) {
            return catalog.app(lattice, app).isPresent()
                    ? new Seen.Unknown()
                    : new Seen.NoSuchApp();
        }
    }
}
